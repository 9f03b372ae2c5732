using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Looks again at what was seen of the target before Execute, with one command, and compares: a version that the plan brings may differ, and
/// after a rollback nothing may. Anything else that differs fails with <c>UnexpectedChange</c>; what could not be read, before or afterwards,
/// is inconclusive. Every run that has something to look at compares without this, too, and goes on whatever it finds: this makes it halt.
/// </summary>
/// <param name="Facts">What is looked at besides what check-drift and the environment's drift watch name: at most 50 facts.</param>
/// <param name="Tolerate">What may differ all the same, named as the table of changes names it, such as <c>package openssl</c>.</param>
public sealed record CheckChanges(IReadOnlyList<WatchedFact>? Facts = null, IReadOnlyList<string>? Tolerate = null) : StepSettings
{
    public const int MostTolerated = 50;
}
