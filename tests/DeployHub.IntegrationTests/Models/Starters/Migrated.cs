using DeployHub.IntegrationTests.Hub;
using Npgsql;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>An empty database of a real PostgreSQL, by the two names that a starter asks for.</summary>
internal sealed class Migrated : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"starter_{Guid.NewGuid():N}";

    private Migrated(string server) => _server = server;

    /// <summary>As the scripts are given it.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder(_server) { Database = _name, Pooling = false, Options = "" }.ConnectionString;

    /// <summary>As pg_dump and psql are given it: everybody on the machine may read their arguments, so the password is not among them.</summary>
    public string Address
    {
        get
        {
            var server = new NpgsqlConnectionStringBuilder(_server);
            return $"postgresql://{Uri.EscapeDataString(server.Username!)}@{server.Host}:{server.Port}/{_name}";
        }
    }

    /// <summary>Of the account in the address; where the server asks for none, any.</summary>
    public string Password => new NpgsqlConnectionStringBuilder(_server).Password ?? "unasked";

    public static async Task<Migrated> CreateAsync(TestPostgres postgres)
    {
        var database = new Migrated(await postgres.NewDatabaseAsync());
        await database.OnServerAsync($"create database {database._name} template template0");
        return database;
    }

    /// <summary>The one value that a question gives, as text.</summary>
    public Task<string?> AskAsync(string sql) => AskAsync(Connection, sql);

    public async ValueTask DisposeAsync() => await OnServerAsync($"drop database {_name} with (force)");

    private Task OnServerAsync(string sql) => AskAsync(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString, sql);

    private static async Task<string?> AskAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
