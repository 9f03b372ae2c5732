using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.ValueStream.Incidents;

/// <summary>What became of a link between an incident and a deployment: who, when and why.</summary>
public sealed record AttributionEvent(Attribution Became, Actor By, DateTimeOffset At, string Text);

/// <summary>That a deployment may have caused an incident, and what people decided about it. Only its incident moves it.</summary>
public sealed class IncidentLink
{
    private IncidentLink() { }

    public IncidentId IncidentId { get; private init; }

    public DeploymentId DeploymentId { get; private init; }

    public Attribution Attribution { get; private set; }

    /// <summary>A person or a program named it; false where its time and its service did.</summary>
    public bool IsByHand { get; private init; }

    /// <summary>When people were reminded that nobody had decided; null while they were not.</summary>
    public DateTimeOffset? RemindedAt { get; private set; }

    /// <summary>Everything that happened to it, oldest first.</summary>
    public IReadOnlyList<AttributionEvent> History { get; private set; } = [];

    /// <summary>Found by time and service alone, and nobody has said anything about it.</summary>
    internal bool IsGuess => !IsByHand && Attribution is Attribution.Suspected && History.Count == 1;

    public void Remind(DateTimeOffset at) => RemindedAt = at;

    internal static IncidentLink Suspect(IncidentId incident, DeploymentId deployment, bool isByHand, string why, Actor by, DateTimeOffset at)
    {
        var link = new IncidentLink { IncidentId = incident, DeploymentId = deployment, IsByHand = isByHand };
        link.Note(why, by, at);
        return link;
    }

    internal Result Move(AttributionTrigger trigger, string why, Actor by, DateTimeOffset at)
    {
        var next = AttributionMoves.Table.Next(Attribution, trigger);
        if (next.Error is not null) return IncidentErrors.DecidedAlready(Attribution);

        (Attribution, RemindedAt) = (next.Value, null);
        Note(why, by, at);
        return Result.Success;
    }

    private void Note(string why, Actor by, DateTimeOffset at) => History = [.. History, new AttributionEvent(Attribution, by, at, why)];
}
