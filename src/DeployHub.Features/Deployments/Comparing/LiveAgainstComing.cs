using DeployHub.Domain.Deployments.Comparing;

namespace DeployHub.Features.Deployments.Comparing;

/// <summary>What is live on the planned targets against what comes, and what is otherwise than last time.</summary>
/// <param name="LastTime">The last deployment of the service to the environment that succeeded; null when none did.</param>
/// <param name="ModelBefore">Such as <c>rolling-web-service v3</c>, where that was not the same; null where it was.</param>
/// <param name="ModelNow">What is planned.</param>
/// <param name="Parameters">Of the model; null stands for its default.</param>
/// <param name="Configuration">Variables of the service that the model reads; what holds secrets is masked.</param>
public sealed record LiveAgainstComing(
    IReadOnlyList<ComponentComparison> Components, LastDeployment? LastTime, string? ModelBefore, string ModelNow, IReadOnlyList<ValueChange> Parameters, IReadOnlyList<ValueChange> Configuration);

public sealed record LastDeployment(string Number, DateTimeOffset At);
