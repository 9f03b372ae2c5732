using DeployHub.Domain;
using Npgsql;

namespace DeployHub.Features.Pipeline;

/// <summary>
/// Remembers for 24 hours what was answered to a request that carried a key, so that a caller who did not hear the answer may ask
/// again. Written outside the command's transaction: a claim has to be seen by others while the command runs.
/// </summary>
public sealed class IdempotentAnswers(NpgsqlDataSource database, TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>What was answered; null status while the request is still running.</summary>
    /// <param name="Body">Null when it must not be kept, because it showed a secret.</param>
    public sealed record Answer(int Status, string? ContentType, string? Location, byte[]? Body);

    /// <summary>What a key means right now.</summary>
    /// <param name="Request">The digest of the request that took it first.</param>
    /// <param name="Answer">Null while that request is running.</param>
    public sealed record Taken(Digest Request, Answer? Answer);

    /// <summary>Takes the key for this request. Null: it was free, go on. Otherwise who has it.</summary>
    public async Task<Taken?> TakeAsync(string identity, string key, Digest request, CancellationToken cancellationToken)
    {
        await ForgetOldAsync(cancellationToken);
        await using var insert = Command(
            "insert into idempotency_keys (identity, key, request, claimed_at) values ($1, $2, $3, $4) on conflict do nothing",
            identity, key, request.ToString(), clock.GetUtcNow());
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1 ? null : await FindAsync(identity, key, request, cancellationToken);
    }

    public async Task KeepAsync(string identity, string key, Answer answer)
    {
        await using var update = Command(
            "update idempotency_keys set status = $3, content_type = $4, location = $5, body = $6 where identity = $1 and key = $2",
            identity, key, answer.Status, answer.ContentType, answer.Location, answer.Body);
        await update.ExecuteNonQueryAsync();
    }

    /// <summary>The request came to no answer; the same key may be tried again.</summary>
    public async Task ReleaseAsync(string identity, string key)
    {
        await using var delete = Command("delete from idempotency_keys where identity = $1 and key = $2", identity, key);
        await delete.ExecuteNonQueryAsync();
    }

    private async Task<Taken?> FindAsync(string identity, string key, Digest request, CancellationToken cancellationToken)
    {
        await using var select = Command(
            "select request, status, content_type, location, body from idempotency_keys where identity = $1 and key = $2", identity, key);
        await using var row = await select.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) return new Taken(request, null); // Released between the two statements: as good as running, ask again.

        var answer = row.IsDBNull(1)
            ? null
            : new Answer(row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4));
        return new Taken(Digest.Of(row.GetString(0)), answer);
    }

    private async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        await using var delete = Command("delete from idempotency_keys where claimed_at < $1", clock.GetUtcNow() - KeptFor);
        await delete.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>The table's shape, for the mapping; the statements above are quicker than tracking.</summary>
    internal sealed class Row
    {
        public string Identity { get; set; } = "";

        public string Key { get; set; } = "";

        public Digest Request { get; set; }

        public DateTimeOffset ClaimedAt { get; set; }

        public int? Status { get; set; }

        public string? ContentType { get; set; }

        public string? Location { get; set; }

        public byte[]? Body { get; set; }
    }
}
