using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Messages for other systems are stored with what they tell of, in one transaction (domain CR-5): neither is ever there alone.</summary>
internal static class Outbox
{
    private sealed record Told(RunEvent Event, string Type);

    public static async Task TellWebhooksAsync(this DeployHubDb db, IReadOnlyList<Run> runs, IReadOnlyList<RunEvent> happened, CancellationToken cancellationToken)
    {
        var startedAt = runs.ToDictionary(run => run.Id, run => run.StartedAt);
        var told = happened.Select(e => EventTypes.Of(e, startedAt[e.RunId]) is { } type ? new Told(e, type) : null).OfType<Told>().ToList();
        if (told.Count == 0) return;

        var (ids, types) = (told.Select(t => t.Event.RunId.Value).ToArray(), told.Select(t => t.Type).ToArray());
        var (numbers, ats) = (told.Select(t => t.Event.Number).ToArray(), told.Select(t => t.Event.At).ToArray());
        var (becames, texts, bys) = (told.Select(t => t.Event.Became).ToArray(), told.Select(t => t.Event.Text).ToArray(), told.Select(t => t.Event.By.Name).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into webhook_deliveries (id, webhook_id, type, subject, body, at, status, due_at, tries)
            select gen_random_uuid(), webhook.id, told.type, run.name,
                jsonb_build_object(
                    'type', told.type,
                    'timestamp', to_char(told.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'data', jsonb_build_object(
                        'run', run.name, 'sequence', told.number, 'status', told.became, 'sentence', told.text, 'by', told.by,
                        'deployment', deployment.number, 'service', service.key, 'environment', environment.key,
                        'path', '/deployments/' || deployment.number || '/runs/' || run.number))::text,
                told.at, 'Waiting', told.at, 0
            from unnest({ids}, {types}, {numbers}, {ats}, {becames}, {texts}, {bys}) as told (run_id, type, number, at, became, text, by)
            join runs run on run.id = told.run_id
            join deployments deployment on deployment.id = run.deployment_id
            join services service on service.id = deployment.service_id
            join environments environment on environment.id = deployment.environment_id
            join webhooks webhook on webhook.disabled_at is null and jsonb_exists(webhook.events, told.type)
                and coalesce(webhook.service, service.key) = service.key and coalesce(webhook.environment, environment.key) = environment.key
            """, cancellationToken);
    }
}
