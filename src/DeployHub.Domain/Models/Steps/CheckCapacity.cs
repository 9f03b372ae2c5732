namespace DeployHub.Domain.Models.Steps;

/// <summary>A number that somebody declares because no program can read it off: licences, power, ports.</summary>
/// <param name="Name">What it is, such as <c>free switch ports</c>.</param>
/// <param name="Available">A number: a target's variable such as <c>${target.ports}</c>, or what a person entered, as <c>${step.key.output}</c>.</param>
/// <param name="Needed">How much the deployment needs of it.</param>
public sealed record DeclaredCapacity(string Name, string Available, string Needed = "1");

/// <summary>
/// Looks whether the target has room for what is deployed: memory, processors, and what was declared. Everything that is too little is told at
/// once and halts with <c>CapacityLow</c>; what cannot be read is inconclusive.
/// </summary>
/// <param name="MinimumMemoryMiB">Memory in MiB that programs could get now without swapping.</param>
/// <param name="MinimumCpus">Processors that the host may use.</param>
/// <param name="GreatestLoad">The greatest load per processor over the last five minutes, such as <c>0.8</c>.</param>
/// <param name="Declared">What no program can read off.</param>
public sealed record CheckCapacity(int? MinimumMemoryMiB = null, int? MinimumCpus = null, string? GreatestLoad = null, IReadOnlyList<DeclaredCapacity>? Declared = null) : StepSettings
{
    public const int MostDeclared = 50;
}
