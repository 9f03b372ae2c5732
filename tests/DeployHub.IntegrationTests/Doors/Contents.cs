using DeployHub.IntegrationTests.Hub;
using Npgsql;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>All that a hub has stored, a sum for each table: a refusal leaves no trace in any.</summary>
internal sealed class Contents(TestHub hub)
{
    private string? _query;

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync()
    {
        await using var connection = new NpgsqlConnection(hub.ConnectionString);
        await connection.OpenAsync();
        _query ??= string.Join(" union all ", (await ReadAsync(connection, Tables)).Keys.Select(table => $"select '{table}', coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from {table} t"));
        return await ReadAsync(connection, _query);
    }

    public static IEnumerable<string> Differing(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) => after.Keys.Where(table => before[table] != after[table]);

    private const string Tables =
        "select format('%I.%I', table_schema, table_name), '' from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'hangfire')";

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<string, string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0), reader.GetString(1));
        return rows;
    }
}
