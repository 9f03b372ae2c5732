using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.ValueStream.Incidents;

/// <summary>
/// An unplanned interruption or reduction in quality of a service, mirrored from the incident tool (domain §1.5), with the deployments that may have
/// caused it. What it was restored by is read off the deployments that name it.
/// </summary>
public sealed class Incident
{
    /// <summary>The source of what people report here, and of tools that say no name of theirs.</summary>
    public const string OwnSource = "deployhub";

    /// <summary>The least severe that a service's page warns of.</summary>
    public const int Severe = 2;

    /// <summary>So much may a tool's clock be ahead.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly List<IncidentLink> _links = [];

    private Incident() { }

    public IncidentId Id { get; private init; }

    /// <summary>As its tool calls it, such as <c>INC-77</c>, in capital letters; unique in its source.</summary>
    public string Reference { get; private init; } = "";

    /// <summary>Key of the tool that it comes from.</summary>
    public string Source { get; private init; } = "";

    public string Title { get; private set; } = "";

    /// <summary>From 1, the gravest, to 4.</summary>
    public int Severity { get; private set; }

    public ServiceId ServiceId { get; private set; }

    /// <summary>Null where nobody said: then it is one of live environments.</summary>
    public EnvironmentId? EnvironmentId { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    public Actor? ResolvedBy { get; private set; }

    /// <summary>Where it is kept in its tool, http or https; null for none.</summary>
    public string? Address { get; private set; }

    public Actor ReportedBy { get; private init; } = Actor.System;

    public DateTimeOffset ReportedAt { get; private init; }

    /// <summary>Whether nobody has decided about one of its links; kept beside them, for lists begin with these.</summary>
    public bool IsUndecided { get; private set; }

    public IReadOnlyList<IncidentLink> Links => _links;

    public bool IsOpen => ResolvedAt is null;

    public bool IsSevere => Severity <= Severe;

    /// <summary>In capital letters, so that <c>inc-77</c> and <c>INC-77</c> are one.</summary>
    public static string Written(string reference) => reference.Trim().ToUpperInvariant();

    public static Result<Incident> Report(string reference, string source, IncidentFacts facts, Actor by, DateTimeOffset at)
    {
        var incident = new Incident { Id = IncidentId.New(), Reference = Written(reference), Source = source, ReportedBy = by, ReportedAt = at };
        return incident.Describe(facts, at).Error is { } refusal ? refusal : incident;
    }

    /// <summary>What its tool says now. Saying the same again changes nothing.</summary>
    public Result Describe(IncidentFacts facts, DateTimeOffset at)
    {
        if (facts.StartedAt > at + ClockSkew) return IncidentErrors.StartsInFuture;
        if (facts.StartedAt > ResolvedAt) return IncidentErrors.StartsAfterItsEnd(ResolvedAt.Value);
        if (HasSecret(facts.Address)) return IncidentErrors.AddressHasSecret;

        (Title, Severity, ServiceId, EnvironmentId, StartedAt, Address) = (facts.Title, facts.Severity, facts.Service, facts.Environment, facts.StartedAt, facts.Address);
        return Result.Success;
    }

    /// <summary>Says that it is over, or since when it really is. Saying the same again changes nothing.</summary>
    /// <param name="resolvedAt">Null for now, or for what was said before.</param>
    public Result Resolve(DateTimeOffset? resolvedAt, Actor by, DateTimeOffset at)
    {
        var over = resolvedAt ?? ResolvedAt ?? at;
        if (over > at + ClockSkew) return IncidentErrors.ResolvedInFuture;
        if (over < StartedAt && resolvedAt is not null) return IncidentErrors.ResolvedBeforeStart(StartedAt);
        if (over == ResolvedAt) return Result.Success;

        (ResolvedAt, ResolvedBy) = (over < StartedAt ? StartedAt : over, by); // of what began by a clock that is ahead
        return Result.Success;
    }

    /// <summary>It was not over after all. Nothing happens to one that is open.</summary>
    public void Reopen() => (ResolvedAt, ResolvedBy) = (null, null);

    /// <summary>
    /// Suspects what fits by time and service, takes back guesses that do not fit any more, and asks again about what was confirmed and cannot be. Doing it
    /// again changes nothing.
    /// </summary>
    /// <param name="near">What may fit, and everything that is linked.</param>
    /// <param name="needs">The services that this one's depends on, one hop away.</param>
    public void Match(IReadOnlyCollection<SuspectDeployment> near, IReadOnlyCollection<ServiceId> needs, DateTimeOffset at)
    {
        foreach (var deployment in near)
        {
            var link = LinkTo(deployment.Id);
            if (link is null && deployment.Fits(this, needs)) _links.Add(IncidentLink.Suspect(Id, deployment.Id, isByHand: false, ByTime(deployment), Actor.System, at));
            else if (link is { IsGuess: true } && !deployment.Fits(this, needs)) _links.Remove(link);
            else if (link is { Attribution: Attribution.Confirmed } && !deployment.MayHaveCaused(this))
                link.Move(AttributionTrigger.LoseGround, $"The incident began before {deployment.Number} touched anything, as was said later.", Actor.System, at);
        }

        Count();
    }

    /// <summary>Somebody suspects a deployment that time and service did not.</summary>
    public Result Link(SuspectDeployment deployment, string reason, Actor by, DateTimeOffset at)
    {
        if (LinkTo(deployment.Id) is { } known) return IncidentErrors.LinkedAlready(deployment.Number, known.Attribution);

        _links.Add(IncidentLink.Suspect(Id, deployment.Id, isByHand: true, reason, by, at));
        Count();
        return Result.Success;
    }

    /// <summary>The deployment caused it. Refused for one that had not touched anything when it began (domain M7).</summary>
    public Result Confirm(SuspectDeployment deployment, string reason, Actor by, DateTimeOffset at) =>
        LinkTo(deployment.Id) is null ? IncidentErrors.NotLinked(deployment.Number)
        : deployment.ExecutedAt is not { } executed ? IncidentErrors.NothingExecuted(deployment.Number)
        : !deployment.MayHaveCaused(this) ? IncidentErrors.StartedBeforeExecute(deployment.Number, executed)
        : Move(deployment, AttributionTrigger.Confirm, reason, by, at);

    public Result Reject(SuspectDeployment deployment, string reason, Actor by, DateTimeOffset at) => Move(deployment, AttributionTrigger.Reject, reason, by, at);

    /// <summary>Whether it is restored by a deployment that names it: one that succeeded in a live environment after it began.</summary>
    public bool IsRestoredBy(Deployment deployment) =>
        deployment is { Plan: { IsLive: true, Rehearsal: null }, Outcome: Outcome.Succeeded or Outcome.SucceededAfterIntervention } && deployment.CompletedAt >= StartedAt;

    private Result Move(SuspectDeployment deployment, AttributionTrigger trigger, string reason, Actor by, DateTimeOffset at)
    {
        if (LinkTo(deployment.Id) is not { } link) return IncidentErrors.NotLinked(deployment.Number);

        var moved = link.Move(trigger, reason, by, at);
        Count();
        return moved;
    }

    private IncidentLink? LinkTo(DeploymentId deployment) => _links.Find(link => link.DeploymentId == deployment);

    private void Count() => IsUndecided = _links.Exists(link => link.Attribution is Attribution.Suspected);

    private static bool HasSecret(string? address) => address is not null && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0;

    private static string ByTime(SuspectDeployment deployment) => deployment.CompletedAt is null
        ? $"It began while {deployment.Number} was at work."
        : $"It began after {deployment.Number} had touched targets and within {SuspectDeployment.Observation.TotalHours:0} hours of its end.";
}
