tasks = {}


def task(function):
    tasks[function.__name__] = function
    return function
