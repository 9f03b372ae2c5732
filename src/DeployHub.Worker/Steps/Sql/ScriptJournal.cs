using Npgsql;

namespace DeployHub.Worker.Steps.Sql;

/// <summary>The table that says which scripts a database has seen. Used on one connection only, the one that holds the lock.</summary>
internal sealed class ScriptJournal(NpgsqlConnection connection, string table)
{
    private readonly string _table = string.Join('.', table.Split('.').Select(part => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    /// <summary>A lock of the session: it ends with the connection, also when the worker is killed, and after what that still ran.</summary>
    public async Task<bool> LockAsync(TimeSpan within, TimeProvider clock, Action onWaiting, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + within;
        for (var isFirst = true; ; isFirst = false)
        {
            await using var attempt = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended('deployhub ' || $1, 0))", connection) { Parameters = { new() { Value = table } } };
            if ((bool)(await attempt.ExecuteScalarAsync(cancellationToken))!) return true;
            if (clock.GetUtcNow() >= until) return false;
            if (isFirst) onWaiting();

            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellationToken);
        }
    }

    /// <summary>Path → checksum and whether it was finished.</summary>
    public async Task<Dictionary<string, (string Checksum, bool IsDone)>> ReadAsync(CancellationToken cancellationToken)
    {
        await DoAsync($"""
            create table if not exists {_table} (
                path text primary key, checksum text not null, version text not null, began_at timestamptz not null default clock_timestamp(), done_at timestamptz, step text not null)
            """, cancellationToken);
        await using var query = new NpgsqlCommand($"select path, checksum, done_at is not null from {_table}", connection);
        await using var rows = await query.ExecuteReaderAsync(cancellationToken);
        var known = new Dictionary<string, (string, bool)>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken)) known[rows.GetString(0)] = (rows.GetString(1), rows.GetBoolean(2));
        return known;
    }

    public Task BeginAsync(SqlScript script, string version, string step, CancellationToken cancellationToken) =>
        DoAsync($"insert into {_table} (path, checksum, version, step) values ($1, $2, $3, $4)", cancellationToken, script.Path, script.Checksum, version, step);

    public Task EndAsync(SqlScript script, CancellationToken cancellationToken) =>
        DoAsync($"update {_table} set done_at = clock_timestamp() where path = $1", cancellationToken, script.Path);

    public Task ForgetAsync(SqlScript script, CancellationToken cancellationToken) =>
        DoAsync($"delete from {_table} where path = $1 and done_at is null", cancellationToken, script.Path);

    private async Task DoAsync(string sql, CancellationToken cancellationToken, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
