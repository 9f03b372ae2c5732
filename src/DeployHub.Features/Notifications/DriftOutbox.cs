using DeployHub.Domain.Inventory;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Messages about drift, stored with what they tell of as those about runs are.</summary>
internal static class DriftOutbox
{
    public static async Task TellOfDriftAsync(this DeployHubDb db, UnmanagedRecords.NewDrift found, CancellationToken cancellationToken)
    {
        if (found.Items.Count > 0) await db.TellOfItemsAsync(found.Items, cancellationToken);
        if (found.Records.Count > 0) await db.TellOfRecordsAsync(found.Records, cancellationToken);
    }

    /// <summary>What is no component belongs to no service: a webhook of one service is not told of it.</summary>
    private static Task<int> TellOfItemsAsync(this DeployHubDb db, IReadOnlyList<DriftItem> items, CancellationToken cancellationToken)
    {
        var (ids, sentences) = (items.Select(item => item.Id.Value).ToArray(), items.Select(item => item.Sentence).ToArray());
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into webhook_deliveries (id, webhook_id, type, subject, body, at, status, due_at, tries)
            select gen_random_uuid(), webhook.id, {EventTypes.DriftDetected}, left(target.name || ': ' || item.subject, 64),
                jsonb_build_object(
                    'type', {EventTypes.DriftDetected},
                    'timestamp', to_char(item.detected_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'data', jsonb_build_object(
                        'item', item.id, 'target', target.name, 'subject', item.subject, 'desired', item.desired, 'observed', item.observed,
                        'severity', item.severity, 'sentence', told.sentence, 'seenBy', item.seen_by,
                        'service', service.key, 'environment', environment.key, 'live', environment.is_live,
                        'path', '/environments/' || environment.key || '/drift?item=' || item.id))::text,
                item.detected_at, 'Waiting', item.detected_at, 0
            from unnest({ids}, {sentences}) as told (id, sentence)
            join drift_items item on item.id = told.id
            join targets target on target.id = item.target_id
            join environments environment on environment.id = target.environment_id
            left join components component on item.kind = 'Component' and component.key = item.name
            left join services service on service.id = component.service_id
            join webhooks webhook on webhook.disabled_at is null and jsonb_exists(webhook.events, {EventTypes.DriftDetected})
                and (webhook.service is null or webhook.service = service.key) and coalesce(webhook.environment, environment.key) = environment.key
            """, cancellationToken);
    }

    private static Task<int> TellOfRecordsAsync(this DeployHubDb db, IReadOnlyList<UnmanagedDeployment> records, CancellationToken cancellationToken)
    {
        var ids = records.Select(record => record.Id.Value).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into webhook_deliveries (id, webhook_id, type, subject, body, at, status, due_at, tries)
            select gen_random_uuid(), webhook.id, {EventTypes.UnmanagedFound}, record.number,
                jsonb_build_object(
                    'type', {EventTypes.UnmanagedFound},
                    'timestamp', to_char(record.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                    'data', jsonb_build_object(
                        'number', record.number, 'component', component.key, 'observed', record.observed, 'by', record.recorded_by->>'name',
                        'sentence', component.key || ' ' || record.observed || ' was seen in ' || environment.name || ' and no run explains it',
                        'service', service.key, 'environment', environment.key, 'live', environment.is_live, 'path', '/unmanaged/' || record.number))::text,
                record.recorded_at, 'Waiting', record.recorded_at, 0
            from unmanaged_deployments record
            join environments environment on environment.id = record.environment_id
            join components component on component.id = record.component_id
            join services service on service.id = component.service_id
            join webhooks webhook on webhook.disabled_at is null and jsonb_exists(webhook.events, {EventTypes.UnmanagedFound})
                and coalesce(webhook.service, service.key) = service.key and coalesce(webhook.environment, environment.key) = environment.key
            where record.id = any({ids})
            """, cancellationToken);
    }
}
