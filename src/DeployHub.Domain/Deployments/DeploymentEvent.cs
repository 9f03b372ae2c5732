using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments;

/// <summary>Something that people or DeployHub did to a deployment: append-only, part of its record.</summary>
public sealed class DeploymentEvent
{
    private DeploymentEvent() { }

    public DeploymentId DeploymentId { get; private init; }

    /// <summary>From 1 within the deployment, without gaps.</summary>
    public int Number { get; private init; }

    public DateTimeOffset At { get; private init; }

    public Actor By { get; private init; } = Actor.System;

    /// <summary>What was done, such as <c>Submit</c> or <c>Approve</c>.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>The state afterwards.</summary>
    public DeploymentStatus Became { get; private init; }

    /// <summary>One sentence for people.</summary>
    public string Text { get; private init; } = "";

    internal static DeploymentEvent Of(Deployment deployment, int number, string kind, string text, Actor by, DateTimeOffset at) =>
        new() { DeploymentId = deployment.Id, Number = number, Kind = kind, Became = deployment.Status, Text = text, By = by, At = at };
}
