from setuptools import find_packages, setup

setup(name='django-auth-lti', version='2.0.0', packages=find_packages())
