using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;

namespace DeployHub.Features.Deployments;

/// <summary>What a plan may rehearse, and where (domain A3).</summary>
internal static class RehearsalBinding
{
    public static Result<PlannedRehearsal?> Bind(PlannedRehearsal? wanted, Environment environment, ModelVersion model, IReadOnlyList<PlannedVersion> versions)
    {
        if (wanted is null) return Result<PlannedRehearsal?>.Succeeded(null);
        if (model.Status is not ModelVersionStatus.InTest) return NotInTest(model);
        if (environment.IsLive)
            return Error.Invalid("rehearsal.live", "Plan.Environment", $"{environment.Name} is live: rehearse where nobody is harmed by it.");
        if (wanted.Case is RehearsalCase.Rollback && !model.Content.Rollback.IsPossible)
            return Error.Invalid("rehearsal.irreversible", "Plan.Rehearsal", "The model says that nothing leads back, so there is no rollback to rehearse.");

        return wanted.Case is RehearsalCase.ForcedFailure or RehearsalCase.Rollback ? Failing(wanted, Executed(model.Content, versions)) : wanted with { FailAt = null };
    }

    public static Error NotInTest(ModelVersion model) =>
        Error.Invalid("rehearsal.not-in-test", "Plan.ModelVersion", $"v{model.Number} is {Words.Of(model.Status)}; a version in test is rehearsed.");

    /// <summary>What Execute does with what is planned.</summary>
    private static List<StepDefinition> Executed(ModelContent model, IReadOnlyList<PlannedVersion> versions) =>
        [.. versions.Any(version => !version.IsRemoval) ? model.Execute.Steps : [], .. versions.Any(version => version.IsRemoval) ? model.Removal?.Steps ?? [] : []];

    private static Result<PlannedRehearsal?> Failing(PlannedRehearsal wanted, List<StepDefinition> steps)
    {
        if (string.IsNullOrWhiteSpace(wanted.FailAt)) return wanted with { FailAt = Run.LastToFail(steps) };

        return steps.Exists(step => step.Name == wanted.FailAt && Run.MayFail(step))
            ? wanted
            : Error.Invalid(
                "rehearsal.cannot-fail", "Plan.Rehearsal",
                $"“{wanted.FailAt}” cannot be made to fail. It has to be a step of Execute that a worker does and whose failure stops the run: {Words.List(steps.Where(Run.MayFail).Select(step => step.Name))}.");
    }
}
