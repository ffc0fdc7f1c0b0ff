"""An invented office: units, posts and people whose histories obey the rules.

Plain Python without database or clock: the same number, seed and date give the same
office. `services/demo.py` writes it. Names are common words put together by chance;
places, numbers and addresses exist nowhere.
"""
