using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Communicating;

/// <summary>Who is told of a publication is part of its record, stored with it (domain A6).</summary>
internal static class Communication
{
    public static bool IsOutside(DateOnly acknowledgeBy, DateTimeOffset at) =>
        DateOnly.FromDateTime(at.UtcDateTime) is var today && (acknowledgeBy < today || acknowledgeBy > today.AddYears(1));

    /// <param name="acknowledgeBy">The day by which everybody says that they know; null asks nobody. Whoever published it knows, and who may not acknowledge is not asked.</param>
    public static async Task CommunicateAsync(
        this DeployHubDb db, Model model, ModelVersion published, DateOnly? acknowledgeBy, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var people = await db.AccountsAsync(cancellationToken);
        List<string> asked = [];
        foreach (var (id, because) in await db.UsersOfAsync(model, published.Content, people, at, cancellationToken))
        {
            if (id == by.Id) continue;

            var person = people.Of(id)!;
            var isAsked = acknowledgeBy is not null && person.May(Permission.AcknowledgeVersions);
            db.PublicationReaders.Add(PublicationReader.Tell(published.Id, person.Id, person.Name, because, isAsked ? acknowledgeBy : null, at));
            if (isAsked) asked.Add(id);
        }

        var sentence = $"{by.Name} published v{published.Number} of {model.Name} and asks you to acknowledge it by {acknowledgeBy:yyyy-MM-dd}: {published.ReleaseNote}";
        if (asked.Count > 0) db.Happenings.Add(AskToAcknowledge(model, published, sentence, asked, by, at));
    }

    public static Happening AskToAcknowledge(Model model, ModelVersion version, string sentence, IEnumerable<string> people, Actor by, DateTimeOffset at) => Happening.Of(
        EventTypes.PublicationToAcknowledge, $"{model.Slug} v{version.Number}", sentence, $"/models/{model.Slug}/versions/{version.Number}", by, at, people,
        new Dictionary<string, object?> { ["model"] = model.Slug, ["version"] = version.Number }, model: model.Id, version: version.Id);

    /// <summary>Who uses a model: each once, with the first reason that applies, as far as they still may see it.</summary>
    public static async Task<IReadOnlyDictionary<string, ReaderReason>> UsersOfAsync(
        this DeployHubDb db, Model model, ModelContent content, Accounts people, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var planners = (await db.PlansToDecideAsync(model.Id, cancellationToken)).SelectMany(plan => plan.Planners).Select(planner => planner.Id);
        var operators = (await db.OperatorsSinceAsync(model.Id, at - Lately, cancellationToken)).Select(who => who.Id);
        var subscribers = await db.ModelSubscriptions.Where(subscription => subscription.ModelId == model.Id).Select(subscription => subscription.Person).ToListAsync(cancellationToken);
        return planners.Select(id => (Id: id, Because: ReaderReason.PlansWithIt))
            .Concat(operators.Select(id => (Id: id, Because: ReaderReason.RanIt)))
            .Append((Id: model.Owner.Id, Because: ReaderReason.OwnsIt))
            .Concat(people.All.Where(person => person.Grants.Any(grant => HasStake(grant, content))).Select(person => (Id: person.Key, Because: ReaderReason.StakeInService)))
            .Concat(subscribers.Select(id => (Id: id.ToString(), Because: ReaderReason.Subscribed)))
            .Where(found => people.Of(found.Id) is not null)
            .GroupBy(found => found.Id)
            .ToDictionary(found => found.Key, found => found.First().Because);
    }

    /// <summary>Whose runs count as use (domain A6).</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    /// <summary>Whose role is for one service has a stake in that one; a role that is for every service is none in particular.</summary>
    private static bool HasStake(RoleGrant grant, ModelContent content) =>
        grant is { Role: Role.Stakeholder, Service: not null } or { Quality: ApproverQuality.ServiceOwner, Service: not null }
        && (content.AppliesTo.Services.Count == 0 || content.AppliesTo.Services.Contains(grant.Service));

    private static async Task<List<Actor>> OperatorsSinceAsync(this DeployHubDb db, ModelId model, DateTimeOffset since, CancellationToken cancellationToken) =>
        await (from run in db.Runs
               where run.QueuedAt >= since
               join deployment in db.Deployments on run.DeploymentId equals deployment.Id
               join version in db.ModelVersions on deployment.ModelVersionId equals version.Id
               where version.ModelId == model
               select run.Operator).Distinct().ToListAsync(cancellationToken);
}
