from setuptools import find_packages, setup

setup(name='django-auth-lti', version='3.1.3', packages=find_packages())
