# One image; what a container does is said by --roles (see docker-compose.yml).
FROM node:22-bookworm-slim AS browser
WORKDIR /src/src/DeployHub.Web
COPY src/DeployHub.Web/package.json src/DeployHub.Web/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src/DeployHub.Web/editor editor
RUN npm run editor

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/DeployHub.Domain/*.csproj src/DeployHub.Domain/
COPY src/DeployHub.Features/*.csproj src/DeployHub.Features/
COPY src/DeployHub.Worker/*.csproj src/DeployHub.Worker/
COPY src/DeployHub.Web/*.csproj src/DeployHub.Web/*.targets src/DeployHub.Web/
RUN dotnet restore src/DeployHub.Web
COPY . .
COPY --from=browser /src/src/DeployHub.Web/node_modules src/DeployHub.Web/node_modules
COPY --from=browser /src/src/DeployHub.Web/wwwroot/lib src/DeployHub.Web/wwwroot/lib
# The build fetches browser packages and bundles the editor when their sources look newer; here both are there already, and npm is not.
RUN touch src/DeployHub.Web/node_modules/.package-lock.json && touch src/DeployHub.Web/wwwroot/lib/editor.js && dotnet publish src/DeployHub.Web -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
# Workers read model sources and definitions with git, over SSH and https.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git openssh-client && rm -rf /var/lib/apt/lists/*
COPY --from=build /app .
RUN mkdir /data && chown "$APP_UID" /data
ENV DeployHub__DataDirectory=/data ASPNETCORE_URLS=http://+:5080 DeployHub__Logs=json
VOLUME /data
EXPOSE 5080
USER $APP_UID
ENTRYPOINT ["dotnet", "DeployHub.Web.dll"]
