using DeployHub.Features.Data.Embedded;
using Serilog;

namespace DeployHub.Web.Hosting;

/// <summary>The PostgreSQL this process works on: a server of the user's own, or the embedded one, which stops with us.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private DatabaseServer(string connectionString, EmbeddedPostgres? embedded) => (ConnectionString, _embedded) = (connectionString, embedded);

    public string ConnectionString { get; }

    public bool IsEmbedded => _embedded is not null;

    public static async Task<DatabaseServer> FindAsync(IHostApplicationBuilder builder, CancellationToken cancellation)
    {
        if (builder.Configuration.GetConnectionString("DeployHub") is { Length: > 0 } given) return new(given, null);

        using var logs = LoggerFactory.Create(logging => logging.AddSerilog(Logs.Create(builder.Configuration), dispose: true));
        var embedded = await EmbeddedPostgres.StartAsync(DataDirectory.From(builder.Configuration), logs.CreateLogger("DeployHub"), null, cancellation);
        return new(embedded.ConnectionString, embedded);
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null) await _embedded.DisposeAsync();
    }
}
