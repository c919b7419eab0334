# syntax=docker/dockerfile:1

FROM node:20.20.2-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY frontend frontend
RUN mkdir static && node frontend/build.mjs

FROM python:3.11.13-slim-bookworm AS packages
WORKDIR /src
COPY requirements/run.txt run.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary=:all: -r run.txt

FROM python:3.11.13-slim-bookworm
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --no-create-home --home-dir /tmp portal \
    && install --directory --owner portal --group portal /data /backups
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data
WORKDIR /srv/portal
COPY --from=packages /venv /venv
COPY . .
COPY --from=assets /src/static/build static/build
RUN python -m compileall -q -j 0 /srv/portal
USER portal
EXPOSE 8000
# Static files are collected onto the data volume, so that the root can stay read-only.
CMD ["sh", "-c", "python manage.py collectstatic --no-input --verbosity 0 && exec gunicorn tongchuan_coop.wsgi:application --config python:tongchuan_coop.gunicorn --bind 0.0.0.0:8000 --worker-tmp-dir /dev/shm"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "scripts/healthcheck"]
