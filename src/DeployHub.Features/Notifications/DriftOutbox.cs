using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Messages about drift, stored with what they tell of as those about runs are.</summary>
internal static class DriftOutbox
{
    private static readonly string ByItself = JsonSerializer.Serialize(Actor.System, Json.Options);

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
            insert into happenings (id, type, class, subject, sentence, path, by, at, due_at, service, environment, is_live, people, data)
            select gen_random_uuid(), {EventTypes.DriftDetected}, case when environment.is_live and item.kind = 'Component' then 'Urgent' else 'Digest' end,
                left(target.name || ': ' || item.subject, 64), told.sentence, '/environments/' || environment.key || '/drift?item=' || item.id, {ByItself}::jsonb, item.detected_at, item.detected_at,
                service.key, environment.key, environment.is_live, '[]'::jsonb,
                jsonb_build_object(
                    'item', item.id, 'target', target.name, 'subject', item.subject, 'desired', item.desired, 'observed', item.observed, 'severity', item.severity, 'seenBy', item.seen_by)
            from unnest({ids}, {sentences}) as told (id, sentence)
            join drift_items item on item.id = told.id
            join targets target on target.id = item.target_id
            join environments environment on environment.id = target.environment_id
            left join components component on item.kind = 'Component' and component.key = item.name
            left join services service on service.id = component.service_id
            """, cancellationToken);
    }

    private static Task<int> TellOfRecordsAsync(this DeployHubDb db, IReadOnlyList<UnmanagedDeployment> records, CancellationToken cancellationToken)
    {
        var ids = records.Select(record => record.Id.Value).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into happenings (id, type, class, subject, sentence, path, by, at, due_at, service, environment, is_live, people, data)
            select gen_random_uuid(), {EventTypes.UnmanagedFound}, 'Urgent', record.number,
                component.key || ' ' || record.observed || ' was seen in ' || environment.name || ' and no run explains it', '/unmanaged/' || record.number, record.recorded_by,
                record.recorded_at, record.recorded_at, service.key, environment.key, environment.is_live, '[]'::jsonb,
                jsonb_build_object('number', record.number, 'component', component.key, 'observed', record.observed)
            from unmanaged_deployments record
            join environments environment on environment.id = record.environment_id
            join components component on component.id = record.component_id
            join services service on service.id = component.service_id
            where record.id = any({ids})
            """, cancellationToken);
    }
}
