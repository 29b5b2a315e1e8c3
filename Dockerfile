# The product, without its tests. Built in two steps: what builds does not travel along.
# Read docs/development.md for what of this has been tried and what has not.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS packages
WORKDIR /build
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /build/uv \
    && /build/uv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && /build/uv/bin/uv venv --python "$(command -v python3)" /opt/ijap \
    && VIRTUAL_ENV=/opt/ijap /build/uv/bin/uv pip sync --no-cache --require-hashes --compile-bytecode requirements.lock

FROM ${BASE}
# Pango lays out the text of the PDFs.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
# A user without a name of its own elsewhere; Kubernetes and Haven ask for a number of 10000 or more.
RUN groupadd --gid 10001 ijap && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp ijap \
    && install -d -o 10001 -g 10001 /clock
COPY --from=packages /opt/ijap /opt/ijap
WORKDIR /app
COPY manage.py ./
COPY docker/health.py docker/postgres-roles.sql docker/postgres-database.sql docker/
COPY templates templates
COPY static static
COPY foundation foundation
COPY audit audit
COPY jobs jobs
COPY accounts accounts
COPY access access
COPY cases cases
COPY meetings meetings
COPY reports reports
COPY oversight oversight
COPY retention retention
COPY ijap ijap
COPY live live
# The file system is read-only when it runs; only /tmp can be written.
ENV PATH=/opt/ijap/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=ijap.settings \
    STATIC_ROOT=/app/collected \
    HOME=/tmp \
    XDG_CACHE_HOME=/tmp
RUN SECRET_KEY=build DATABASE_URL=postgres://build/build DATABASE_POOL=false REDIS_URL=redis://build \
    python manage.py collectstatic --no-input -v0 \
    && python -m compileall -q /app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "docker/health.py", "web"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers", "ijap.wsgi:application"]
