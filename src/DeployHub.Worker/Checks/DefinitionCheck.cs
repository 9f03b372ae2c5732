using System.ComponentModel;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>
/// Compares a target with its environment's definition, in a folder that is gone afterwards. It only says what it saw: what a difference means,
/// the domain knows.
/// </summary>
internal sealed class DefinitionCheck(Definitions definitions)
{
    private const int MostDifferences = 200;
    private const int LongestReason = 900;

    /// <param name="tool">The program, for the sentence when it is missing.</param>
    /// <param name="compare">Works on the definition's folder and may use the folder beside it.</param>
    public async Task<StepOutcome> RunAsync(
        DefinitionSource from, string? folder, string tool, StepContext context, Func<FetchedDefinition, string, string, Task<StepOutcome>> compare, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("deployhub-definition-").FullName;
        try
        {
            var definition = await definitions.FetchAsync(from, Path.Combine(scratch, "content"), context, cancellationToken);
            if (definition.Trouble is { } trouble) return new StepOutcome.Failed(trouble.Sentence, trouble.Cause);

            var root = Workplace.Below(scratch, Path.Combine("content", folder ?? "."));
            return root is null || !Directory.Exists(root)
                ? new StepOutcome.Failed($"There is no folder {folder} in {definition.Revision}.", HaltCause.ComponentMissing)
                : await compare(definition, root, scratch);
        }
        catch (Win32Exception exception)
        {
            return new StepOutcome.Failed($"{tool} could not be started on the worker: {exception.Message}", HaltCause.PrerequisiteMissing);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <param name="differences">Every part that is not as it is defined, and how it is.</param>
    public static StepOutcome Observed(
        EnvironmentDefinition definition, IReadOnlyList<(string Part, string Observed)> differences, bool isPrerequisite, IReadOnlyList<Evidence> evidence, StepContext context)
    {
        var facts = differences.Take(MostDifferences).Select(difference => new SeenFact(definition.Fact(difference.Part, isPrerequisite), difference.Observed)).ToList();
        foreach (var seen in facts) context.Log.Write(LogStream.Out, $"{seen.Fact.Subject} is {seen.Value}");
        IReadOnlyList<Evidence> all = [new("Definition", definition.Revision), .. evidence];
        if (differences.Count <= MostDifferences) return new StepOutcome.Observed(facts) { Definition = definition, Evidence = all };
        if (!isPrerequisite)
            return new StepOutcome.Observed(facts) { Definition = definition with { IsWhole = false }, Evidence = [.. all, new("Differences", $"{differences.Count:N0}, of which the first {MostDifferences} are kept: is it the definition of this environment?")] };

        var reason = $"{context.Subject} differs from {definition.Revision} in {differences.Count:N0} places, and at most {MostDifferences} are kept as drift: is it the definition of this environment? The first is {facts[0].Fact.Subject}, which is {facts[0].Value}.";
        return new StepOutcome.Failed(Words.Beginning(reason, LongestReason), HaltCause.DriftDetected) { Evidence = all };
    }

    /// <summary>What could not be compared to its end tells nothing.</summary>
    public static StepOutcome Unclear(StepOutcome.Failed failed) => failed.Cause is null ? new StepOutcome.Inconclusive(Words.Beginning(failed.Reason, LongestReason)) : failed;
}
