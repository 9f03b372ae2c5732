using System.Text.Json;
using DeployHub.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Data;

/// <summary>Events are only ever added, a dozen for each step, so they go in by one statement and are never tracked.</summary>
internal static class RunEvents
{
    public static Task<int> InsertAsync(this DeployHubDb db, IReadOnlyList<RunEvent> happened, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A run and its events are stored together: begin a transaction.");

        var (runs, numbers, ats) = (happened.Select(e => e.RunId.Value).ToArray(), happened.Select(e => e.Number).ToArray(), happened.Select(e => e.At).ToArray());
        var (bys, subjects) = (happened.Select(e => JsonSerializer.Serialize(e.By, Json.Options)).ToArray(), happened.Select(e => e.Subject).ToArray());
        var (becames, texts) = (happened.Select(e => e.Became).ToArray(), happened.Select(e => e.Text).ToArray());
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into run_events (run_id, number, at, by, subject, became, text)
            select run_id, number, at, by::jsonb, subject, became, text
            from unnest({runs}, {numbers}, {ats}, {bys}, {subjects}, {becames}, {texts}) as happened (run_id, number, at, by, subject, became, text)
            """, cancellationToken);
    }
}
