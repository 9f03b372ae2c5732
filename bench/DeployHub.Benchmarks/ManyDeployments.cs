using Npgsql;

namespace DeployHub.Benchmarks;

/// <summary>Copies one finished deployment with its run, its targets and all events into last year, many times.</summary>
internal static class ManyDeployments
{
    private static readonly (string Table, string Which, Dictionary<string, string> Changed)[] Tables =
    [
        ("deployments", "number = $1", new()
        {
            ["id"] = Copied("id"), ["number"] = Number, ["created_at"] = "created_at - n * interval '40 minutes'", ["completed_at"] = "completed_at - n * interval '40 minutes'",
        }),
        ("deployment_events", $"deployment_id = {Template}", new() { ["deployment_id"] = Copied("deployment_id") }),
        ("runs", $"deployment_id = {Template}", new() { ["id"] = Copied("id"), ["deployment_id"] = Copied("deployment_id"), ["name"] = $"{Number} || '/R1'" }),
        ("target_runs", $"run_id in (select id from runs where deployment_id = {Template})", new() { ["id"] = Copied("id"), ["run_id"] = Copied("run_id") }),
        ("run_events", $"run_id in (select id from runs where deployment_id = {Template})", new() { ["run_id"] = Copied("run_id") }),
    ];

    private const string Number = "'DEP-2025-' || lpad(n::text, 6, '0')";
    private const string Template = "(select id from deployments where number = $1)";

    public static async Task CopyAsync(string connectionString, string number, int copies)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Command Timeout=300");
        await connection.OpenAsync();
        foreach (var (table, which, changed) in Tables)
        {
            var columns = await ColumnsAsync(connection, table);
            var values = columns.Select(column => changed.GetValueOrDefault(column, $"source.{column}"));
            await using var copy = new NpgsqlCommand(
                $"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", values)} from (select * from {table} where {which}) as source, generate_series(1, {copies}) as n", connection);
            copy.Parameters.AddWithValue(number);
            await copy.ExecuteNonQueryAsync();
        }

        await using var analyze = new NpgsqlCommand("analyze", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    /// <summary>The same new identifier wherever the old one stands.</summary>
    private static string Copied(string column) => $"md5(source.{column}::text || n)::uuid";

    private static async Task<List<string>> ColumnsAsync(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand("select quote_ident(column_name) from information_schema.columns where table_name = $1 and table_schema = 'public'", connection);
        command.Parameters.AddWithValue(table);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        return columns;
    }
}
