namespace DeployHub.Domain.Models.Validation;

/// <summary>What names the model and what it promises about itself.</summary>
internal static class NameRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model)
    {
        if (!Model.IsSlug(model.Model)) yield return Error("model", $"“{model.Model}” is no slug. {Model.SlugRule}");
        foreach (var remark in Own("model", model.Name, model.Purpose)) yield return remark;

        foreach (var remark in Authorised(model.PreAuthorised)) yield return remark;

        for (var i = 0; i < model.AppliesTo.Services.Count; i++)
            if (!Key.IsValid(model.AppliesTo.Services[i]))
                yield return Error($"appliesTo.services[{i}]", $"“{model.AppliesTo.Services[i]}” is no key of a service. {Key.Rule}");
    }

    /// <summary>A scope without an end would authorise what nobody has thought of.</summary>
    public static IEnumerable<ModelRemark> Authorised(PreAuthorisation? scope)
    {
        if (scope is null) yield break;
        if (scope.Services.Count == 0) yield return Authorised("services", "Name the services whose changes are pre-authorised: there is no leave for all of them.");
        if (scope.Tiers.Count == 0) yield return Authorised("tiers", "Name the tiers in which changes are pre-authorised: there is no leave for all of them.");
        for (var i = 0; i < scope.Services.Count; i++)
            if (!Key.IsValid(scope.Services[i])) yield return Authorised($"services[{i}]", $"“{scope.Services[i]}” is no key of a service. {Key.Rule}");
    }

    /// <param name="what">A model or a block.</param>
    public static IEnumerable<ModelRemark> Own(string what, string name, string purpose)
    {
        if (name.Trim().Length is 0 or > 200) yield return Error("name", $"Give the {what} a name of 1 to 200 characters.");
        if (purpose.Trim().Length is 0 or > 2000) yield return Error("purpose", $"Say in 1 to 2000 characters what the {what} is for and when to use it.");
    }

    private static ModelRemark Authorised(string member, string sentence) => new("model.pre-authorised", $"preAuthorised.{member}", Severity.Error, sentence);

    private static ModelRemark Error(string path, string sentence) => new("model.name", path, Severity.Error, sentence);
}
