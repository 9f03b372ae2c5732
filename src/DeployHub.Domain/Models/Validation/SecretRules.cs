namespace DeployHub.Domain.Models.Validation;

/// <summary>Secrets are named in documents and known to workers only; whether one is there can be told as far as workers tell their names.</summary>
public static class SecretRules
{
    public const string Rule = "model.secret";

    private const string Prefix = "secret:";

    /// <param name="known">Names that some worker knows, none of their values.</param>
    public static IEnumerable<ModelRemark> Check(ModelContent model, IReadOnlySet<string> known) =>
        from place in model.AllSteps()
        from name in place.Step.NamesRead.Distinct()
        where name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name[Prefix.Length..])
        select place.Warning(Rule, "with", $"no worker knows the secret {name[Prefix.Length..]}: a run halts here unless one does by then.");
}
