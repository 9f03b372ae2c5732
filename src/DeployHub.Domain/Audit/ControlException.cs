using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.Audit;

/// <summary>A rule breach that DeployHub found by itself (domain §1). It never goes away: what mended it stands beside it.</summary>
public sealed class ControlException
{
    private ControlException() { }

    public ControlExceptionId Id { get; private init; }

    /// <summary>Such as <c>CTL-2026-000003</c>.</summary>
    public string Number { get; private init; } = "";

    public ControlCheck Check { get; private init; }

    /// <summary>The one that it is about; null for a check over all of them.</summary>
    public DeploymentId? DeploymentId { get; private init; }

    /// <summary>From when on the control did not hold.</summary>
    public DateTimeOffset Since { get; private init; }

    /// <summary>What did not hold.</summary>
    public string Sentence { get; private set; } = "";

    /// <summary>When it was found.</summary>
    public DateTimeOffset RaisedAt { get; private init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? MendedAt { get; private set; }

    /// <summary>What mended it, in a sentence; null while nothing has.</summary>
    public string? Mending { get; private set; }

    public bool IsOpen => MendedAt is null;

    public static ControlException Raise(string number, ControlCheck check, DeploymentId? deployment, Breach found, DateTimeOffset at)
    {
        var raised = new ControlException { Id = ControlExceptionId.New(), Number = number, Check = check, DeploymentId = deployment, Since = found.Since, RaisedAt = at };
        raised.Follow(found, at);
        return raised;
    }

    /// <summary>What the check finds now. Looking twice changes nothing, and what is mended stays as it is.</summary>
    /// <param name="found">Null where it finds nothing any more.</param>
    public void Follow(Breach? found, DateTimeOffset at)
    {
        if (!IsOpen) return;

        if (found is not null) Sentence = found.Sentence;
        if (found is null) (MendedAt, Mending) = (at, "The check finds nothing any more.");
        else if (found.Mended is { } mended) (MendedAt, Mending) = (mended.At, mended.Sentence);
    }
}
