namespace DeployHub.Domain.Deployments.Conditions;

/// <summary>Every way a condition says no, wherever it comes from.</summary>
public static class ConditionErrors
{
    public static Error NotFound(string deployment, string key) => new(
        ErrorKind.NotFound, "condition.not-found", $"There is no condition “{key}” of {deployment}. Its conditions are listed on its page, each with its name.");
}
