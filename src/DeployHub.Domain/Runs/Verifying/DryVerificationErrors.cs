using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.Runs.Verifying;

/// <summary>Every way a dry verification says no.</summary>
public static class DryVerificationErrors
{
    public static readonly Error ExecuteChanges = Error.Invalid(
        "dry-verification.execute", "Stages", "Execute changes targets, and a dry verification only looks. Choose among VerifyComponents, VerifyEnvironment and VerifyDeployment.");

    public static Error RunUnderWay(Deployment deployment) =>
        new(ErrorKind.Conflict, "dry-verification.run-under-way", $"R{deployment.RunCount} of {deployment.Number} is not over and verifies by itself: what it finds stands on its verification page.");

    public static Error GivenUp(Deployment deployment) =>
        new(ErrorKind.Conflict, "dry-verification.given-up", $"{deployment.Number} is {Words.Of(deployment.Status)}: nothing will come of its plan, so there is nothing to verify.");

    public static Error NotApproved(Deployment deployment)
    {
        var sentence = $"{deployment.Plan.Environment} is live, and nobody approved this plan yet: its settings reach targets only after that. Submit it and verify once it is scheduled.";
        return new(ErrorKind.Conflict, "dry-verification.not-approved", sentence);
    }

    public static Error ModelMayNotStart(Deployment deployment) =>
        new(ErrorKind.Conflict, "dry-verification.model", $"{deployment.Plan.Model} v{deployment.Plan.ModelVersion} is suspended or withdrawn: its checks reach targets, so they are not done either.");

    public static Error OnlyAfter(Deployment deployment)
    {
        var sentence = $"{deployment.Number} is completed: what it expected before it began says nothing about today. Choose VerifyDeployment, or leave the stages out.";
        return Error.Invalid("dry-verification.only-after", "Stages", sentence);
    }

    public static Error NothingToCheck(IEnumerable<Stage> stages) =>
        new(ErrorKind.Conflict, "dry-verification.nothing-to-check", $"The model has no check in {Words.List(stages.Select(stage => stage.ToString()))} that could be done outside of a run.");
}
