using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>Look-ups that several messages and the worker share.</summary>
public static class ChangeLookups
{
    public const int MostTools = 20;

    /// <summary>So many references are taken up in one look; the next look finds the rest.</summary>
    private const int MostTakenUp = 500;

    /// <summary>Refuses a row version other than the one that the sender had looked at.</summary>
    public static async Task<Result<ChangeTool>> FindChangeToolAsync(this DeployHubDb db, string key, uint? seen, CancellationToken cancellationToken)
    {
        if (await db.ChangeTools.SingleOrDefaultAsync(tool => tool.Key == key, cancellationToken) is not { } tool) return Error.NotFound("change-tool", key);
        return db.ChangedSince(tool, seen) is { } changed ? changed : tool;
    }

    public static async Task<IReadOnlyList<ChangeTool>> ChangeToolsAsync(this DeployHubDb db, CancellationToken cancellationToken) =>
        await db.ChangeTools.AsNoTracking().OrderBy(tool => tool.Key).Take(MostTools).ToListAsync(cancellationToken);

    /// <summary>The one that is asked about a reference; null where it belongs to none.</summary>
    public static ChangeTool? Of(this IReadOnlyList<ChangeTool> tools, string reference) => tools.FirstOrDefault(tool => tool.Settings.Claims(reference));

    /// <summary>How the changes stand that plans name; a rehearsal changes nothing that a change would be needed for.</summary>
    public static async Task<IReadOnlyDictionary<DeploymentId, ChangeStanding>> ChangeStandingsAsync(
        this DeployHubDb db, IReadOnlyList<Deployment> deployments, CancellationToken cancellationToken)
    {
        var naming = deployments.Where(deployment => deployment.Plan is { ChangeReference: not null, Rehearsal: null }).ToList();
        if (naming.Count == 0 || await db.ChangeToolsAsync(cancellationToken) is not { Count: > 0 } tools) return new Dictionary<DeploymentId, ChangeStanding>();

        var numbers = naming.Select(deployment => deployment.Plan.ChangeReference!).Distinct().ToList();
        var records = await db.ChangeRecords.AsNoTracking().Where(record => numbers.Contains(record.Number)).ToListAsync(cancellationToken);
        return (from deployment in naming
                let number = deployment.Plan.ChangeReference!
                let tool = tools.Of(number)
                where tool is not null
                let record = records.Find(record => record.ToolId == tool.Id && record.Number == number)
                select (deployment.Id, Standing: tool.StandingOf(number, record)))
            .ToDictionary(change => change.Id, change => change.Standing);
    }

    /// <summary>For how many of the approvals that a plan needs the change that it names would stand (domain §2.6), in a sentence; null for none.</summary>
    public static async Task<string?> StandsForAsync(this DeployHubDb db, Plan plan, IReadOnlyList<NeededApproval> needed, CancellationToken cancellationToken)
    {
        if (plan is not { ChangeReference: { } reference, Rehearsal: null }) return null;

        var tool = (await db.ChangeToolsAsync(cancellationToken)).Of(reference);
        return tool?.StandingOf(reference, null).StandsFor(needed.Count(slot => slot.ChangeMayGive));
    }

    /// <summary>What the change gives the plan or takes back from it, by what is known of it now; nobody is asked.</summary>
    public static async Task FollowChangeAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken) =>
        deployment.FollowChange((await db.ChangeStandingsAsync([deployment], cancellationToken)).GetValueOrDefault(deployment.Id), at);

    /// <summary>No change of the tool stands for approvals any more: plans that have some of one ask for them again.</summary>
    public static async Task TakeBackApprovalsAsync(this DeployHubDb db, ChangeToolId tool, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var someOfOne = JsonSerializer.Serialize(new[] { new { change = new { } } });
        var given = await db.Deployments.FromSql(
            $"""
            select d.*, d.xmin from deployments d
            where d.status in ('InReview', 'Scheduled') and d.approvals @> {someOfOne}::jsonb
              and exists (select 1 from change_records r where r.tool_id = {tool.Value} and r.number = d.plan ->> 'changeReference')
            order by d.id for no key update
            """).ToListAsync(cancellationToken);
        foreach (var deployment in given) deployment.FollowChange(null, at);
    }

    /// <summary>A worker looks it up next, whether it is known or not. The row comes or changes at once, whoever else asks the same.</summary>
    public static Task AskNowAsync(this DeployHubDb db, ChangeToolId tool, string number, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into change_records (id, tool_id, number, due_at, fence) values ({ChangeRecordId.New().Value}, {tool.Value}, {number}, {at}, 0)
            on conflict (tool_id, number) do update set due_at = excluded.due_at, fence = change_records.fence + 1
            """, cancellationToken);

    /// <summary>The same because a person asks. False where somebody did a moment ago; of two who ask at once, the second waits for the row and hears that.</summary>
    public static async Task<bool> AskForPersonAsync(this DeployHubDb db, ChangeToolId tool, string number, DateTimeOffset at, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into change_records (id, tool_id, number, due_at, asked_at, fence) values ({ChangeRecordId.New().Value}, {tool.Value}, {number}, {at}, {at}, 0)
            on conflict (tool_id, number) do update set due_at = excluded.due_at, asked_at = excluded.asked_at, fence = change_records.fence + 1
            where change_records.asked_at is null or change_records.asked_at <= {at - ChangeRecord.AskedEvery}
            """, cancellationToken) > 0;

    /// <summary>Everything of the tool that anybody needs is looked up anew, and answers that are under way count for nothing.</summary>
    /// <param name="anew">What was seen so far was judged by other settings: it lets nothing start until it is seen again.</param>
    public static Task AskAgainAsync(this DeployHubDb db, ChangeToolId tool, bool anew, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update change_records
            set fence = fence + 1, due_at = case when due_at is not null then {at} end, trouble = case when not {anew} then trouble end, seen_at = case when not {anew} then seen_at end
            where tool_id = {tool.Value}
            """, cancellationToken);

    /// <summary>What the tool wants to be left alone for, no change of it is looked up.</summary>
    public static Task PauseChangesAsync(this DeployHubDb db, ChangeToolId tool, DateTimeOffset until, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"update change_records set due_at = {until} where tool_id = {tool.Value} and due_at < {until}", cancellationToken);

    /// <summary>Has the changes looked up that open plans name and that nobody looks up yet. Answers how many.</summary>
    public static async Task<int> TakeUpChangesAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.ChangeToolsAsync(cancellationToken) is not { Count: > 0 } tools) return 0;

        var named = await db.Database.SqlQuery<string>(
            $"""
            select distinct deployment.plan ->> 'changeReference' as "Value"
            from deployments deployment
            where deployment.status in ('Draft', 'InReview', 'Scheduled', 'InProgress', 'Halted') and deployment.plan ->> 'changeReference' is not null
              and deployment.plan ->> 'rehearsal' is null
              and not exists (select 1 from change_records record where record.number = deployment.plan ->> 'changeReference' and record.due_at is not null)
            """).ToListAsync(cancellationToken);
        var taken = named.Select(number => (Number: number, Tool: tools.Of(number))).Where(claimed => claimed.Tool is not null).Take(MostTakenUp).ToList();
        foreach (var (number, tool) in taken) await db.AskNowAsync(tool!.Id, number, at, cancellationToken);
        return taken.Count;
    }

    /// <summary>One that is due and that nobody else has locked; null when there is none.</summary>
    public static async Task<ChangeRecord?> LockDueChangeAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await db.ChangeRecords.FromSql($"select r.*, r.xmin from change_records r where r.due_at <= {at} order by r.due_at, r.id limit 1 for no key update skip locked").ToListAsync(cancellationToken))
        .SingleOrDefault();

    /// <summary>
    /// Keeps what came of a look, and tells the open deployments under the change when it is authorised now or not any more. Where it stands for
    /// approvals, they have or lose them in the same breath.
    /// </summary>
    public static async Task SettleChangeAsync(this DeployHubDb db, ChangeRecordId id, int fence, ChangeAnswer answer, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var locked = await db.ChangeRecords.FromSql($"select r.*, r.xmin from change_records r where r.id = {id.Value} for no key update").SingleOrDefaultAsync(cancellationToken);
        if (locked is not { } record) return;

        var tools = await db.ChangeToolsAsync(cancellationToken);
        var isAsked = tools.Of(record.Number) is { } asked && asked.Id == record.ToolId;
        var turned = record.Settle(fence, answer, isAsked && await db.OpenUnder(record.Number).AnyAsync(cancellationToken), at);
        if (tools.FirstOrDefault(tool => tool.Id == record.ToolId) is not { } tool || !(turned || tool.Settings.StandsForApprovals)) return;

        foreach (var deployment in await db.LockOpenUnderAsync(record.Number, cancellationToken))
        {
            if (turned && isAsked) deployment.TellChange(record.Seen!, record.Number, tool.Settings.Name, at);
            if (isAsked) deployment.FollowChange(tool.StandingOf(record.Number, record), at);
            else await db.FollowChangeAsync(deployment, at, cancellationToken); // the reference belongs to another tool by now, or to none
        }
    }

    private static ChangeStanding StandingOf(this ChangeTool tool, string number, ChangeRecord? record) => new(
        tool.Settings.Name, number, record?.Seen, record?.SeenAt, record?.Trouble, tool.Settings.Unreachable, tool.Settings.StandsForApprovals, record?.AuthorisedSince);

    private static IQueryable<Deployment> OpenUnder(this DeployHubDb db, string number) =>
        db.Deployments.FromSql(
            $"""
            select d.*, d.xmin from deployments d
            where d.status in ('Draft', 'InReview', 'Scheduled', 'InProgress', 'Halted') and d.plan ->> 'changeReference' = {number} and d.plan ->> 'rehearsal' is null
            """);

    private static Task<List<Deployment>> LockOpenUnderAsync(this DeployHubDb db, string number, CancellationToken cancellationToken) =>
        db.Deployments.FromSql(
            $"""
            select d.*, d.xmin from deployments d
            where d.status in ('Draft', 'InReview', 'Scheduled', 'InProgress', 'Halted') and d.plan ->> 'changeReference' = {number} and d.plan ->> 'rehearsal' is null
            order by d.id for no key update
            """).ToListAsync(cancellationToken);
}
