"""Count the queries of one request, when the request asks for it."""

from django.db import connection

ASK, ANSWER = "X-Bench-Count", "X-Bench-Queries"
# What opens and closes a transaction is no question to the database.
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class CountQueries:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if ASK not in request.headers:
            return self.get_response(request)
        count = 0

        def counted(execute, sql, params, many, context):
            nonlocal count
            count += not sql.lstrip().upper().startswith(FRAME)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response[ANSWER] = str(count)
        return response
