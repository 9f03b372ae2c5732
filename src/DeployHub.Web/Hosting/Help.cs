namespace DeployHub.Web.Hosting;

internal static class Help
{
    public const string Text = """
        DeployHub plans, carries out and records deployments.

          --roles web|worker|all   what this process does (default: all). A worker opens no port.
          --urls <address>         where it listens (default: http://localhost:5080)
          --migrate                brings the database up to date and ends
          --demo, --no-demo        fills an empty database with the demo, or does not
                                   (default: only into the embedded PostgreSQL)
          --help                   shows this

        Settings, as environment variables or as --Name:Part=value:

          ConnectionStrings__DeployHub   a PostgreSQL server of your own instead of the embedded one
          DeployHub__DataDirectory       where the embedded one and files are kept (default: your XDG data folder)
          DeployHub__Logs                text (default) or json
          Logging__LogLevel__Default     Debug, Information, Warning …, also for a category instead of Default
          DeployHub__Keys__Certificate   a .pfx or .pem file with its private key that encrypts the keys of cookies
                                         in the database; its password is DeployHub__Keys__Password
          OTEL_EXPORTER_OTLP_ENDPOINT    sends traces and metrics there; OTEL_SERVICE_NAME names them
        """;
}
