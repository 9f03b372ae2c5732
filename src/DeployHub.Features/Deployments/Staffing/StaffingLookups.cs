using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Staffing;

/// <summary>Who is named for deployments and who could be, as several messages ask it.</summary>
internal static class StaffingLookups
{
    /// <summary>Everybody with an account, as they stand where the deployment happens.</summary>
    public static async Task<IReadOnlyList<Colleague>> ColleaguesAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken)
    {
        var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
        return (await KnownStaff.ReadAsync(db, null, cancellationToken)).Around(services, environment);
    }

    /// <summary>Those whom each deployment names; costs nothing where none names anybody.</summary>
    public static async Task<ILookup<DeploymentId, Colleague>> NamedPeopleAsync(this DeployHubDb db, IReadOnlyList<Deployment> deployments, CancellationToken cancellationToken)
    {
        var naming = deployments.Where(deployment => deployment.People.Count > 0).ToList();
        if (naming.Count == 0) return Array.Empty<(DeploymentId, Colleague)>().ToLookup(pair => pair.Item1, pair => pair.Item2);

        var owners = await db.ServicesByComponentAsync(naming.SelectMany(deployment => deployment.Plan.Versions, (_, version) => version.ComponentId), cancellationToken);
        var staff = await KnownStaff.ReadAsync(db, [.. naming.SelectMany(deployment => deployment.People).Select(assigned => assigned.Person.Id).Distinct()], cancellationToken);
        return naming.SelectMany(
            deployment => staff.Around(owners.Of(deployment.Plan), deployment.Plan.Environment).Where(colleague => deployment.People.Any(assigned => assigned.Person.Is(colleague.Person))),
            (deployment, colleague) => (deployment.Id, colleague)).ToLookup(pair => pair.Id, pair => pair.colleague);
    }

    /// <summary>Whoever sends a message, as they stand there; a program holds roles and no qualification.</summary>
    public static async Task<Colleague> CallingAsync(this DeployHubDb db, Caller caller, IReadOnlyList<string> services, string environment, CancellationToken cancellationToken)
    {
        var holder = caller.Actor.Id;
        var held = await db.Qualifications.AsNoTracking().Where(qualification => qualification.Holder == holder && qualification.EndedAt == null).ToListAsync(cancellationToken);
        return new Colleague(caller.Actor, "", caller.RolesThroughout(services, environment), held);
    }

    /// <summary>
    /// On whose behalf a deployment starts by itself, as they stand for it now: a person with an account, or a machine with a token. Who is not known
    /// any more has left.
    /// </summary>
    public static async Task<Colleague> StarterAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (starter, scope) = (deployment.Starter, await db.WholeScopeOfAsync(deployment, cancellationToken));
        var gone = new Colleague(starter, "", [], [], HasLeft: true);
        if (starter.Kind is ActorKind.Machine) return await KnownStaff.MachineAsync(db, starter, scope, at, cancellationToken) ?? gone;

        return (await KnownStaff.ReadAsync(db, [starter.Id], cancellationToken)).Around(scope.Services, scope.Environment) is [var found, ..] ? found : gone;
    }

    /// <summary>Names people for a deployment by their e-mail addresses; refusals name the fields of <paramref name="input"/>.</summary>
    /// <param name="input">What the fields begin with, such as <c>Plan.</c>; empty for none.</param>
    public static async Task<Result> AssignAsync(
        this DeployHubDb db, Deployment deployment, IReadOnlyDictionary<string, IReadOnlyList<string>> people, string? reason, Actor by, DateTimeOffset at, string input, CancellationToken cancellationToken)
    {
        var colleagues = await db.ColleaguesAsync(deployment, cancellationToken);
        var named = Resolve(people, colleagues);
        var assigned = named.Error is { } unknown ? unknown : deployment.Assign(named.Value, colleagues, reason, by, at);
        return assigned.Error is { Fields.Count: > 0 } refusal ? refusal with { Fields = refusal.Fields.ToDictionary(field => $"{input}{field.Key}", field => field.Value) } : assigned;
    }

    /// <summary>The slots that a page asks people for: those of the model, and the operator first.</summary>
    public static IReadOnlyList<RoleSlot> SlotsOf(IReadOnlyList<RoleSlot>? slots)
    {
        var known = slots ?? [];
        var usual = new RoleSlot(RoleSlot.Operator, Role.DeploymentPractitioner, Optional: true, Description: "Starts the run and watches it.");
        return [known.FirstOrDefault(slot => slot.IsOperator) ?? usual, .. known.Where(slot => !slot.IsOperator)];
    }

    private static Result<IReadOnlyList<Assignment>> Resolve(IReadOnlyDictionary<string, IReadOnlyList<string>> people, IReadOnlyList<Colleague> colleagues)
    {
        var assignments = new List<Assignment>();
        foreach (var (slot, emails) in people)
            foreach (var email in emails.Select(email => email.Trim()).Where(email => email.Length > 0))
            {
                if (colleagues.FirstOrDefault(colleague => string.Equals(colleague.Email, email, StringComparison.OrdinalIgnoreCase)) is not { } found)
                    return Error.Invalid("people.unknown", $"People.{slot}", $"Nobody with an account here has the e-mail address “{email}”: an administrator invites people.");
                assignments.Add(new Assignment(slot, found.Person));
            }

        return assignments;
    }
}
