using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Features.Models.Notation;

/// <summary>Reads a model that extends a published one: it says its own head and narrows parameters, and everything else is as it is there.</summary>
/// <param name="notes">Takes what stops nothing.</param>
internal sealed class ExtensionReader(Library library, ICollection<PlacedRemark> notes)
{
    public const string Member = "extends";
    private const string Rule = "model.extends";

    private static readonly string[] NotItsOwn = ["approach", "roles", "approvals", "stages", "rollback", "removal"];
    private static readonly string[] NotSaidAnew = ["type", "description"];

    /// <summary>Stands for what cannot be extended and was told already, so that the rest is still read.</summary>
    private static readonly ModelContent Nothing = new()
    {
        Model = "",
        Name = "",
        Purpose = "",
        Approach = Approach.BigBang,
        VerifyComponents = [],
        VerifyEnvironment = [],
        Execute = new ExecuteDefinition { Steps = [] },
        VerifyDeployment = [],
        Rollback = new RollbackDefinition(RollbackMethod.RedeployPrevious),
    };

    public ModelContent Read(MapReader model)
    {
        var (slug, name, purpose, extended) = (model.Text("model"), model.Text("name"), model.Text("purpose").Trim(), model.Text(Member));
        var applies = ModelReader.AppliesTo(model.Inner("appliesTo"));
        var authorised = ModelReader.PreAuthorised(model.Inner("preAuthorised"));
        var there = extended.Length == 0 ? null : Find(model, slug, extended);
        var parameters = model.NamedMaps("parameters", SourceLimits.Parameters).Select(parameter => Override(parameter.Name, parameter.Value, there)).ToList();
        foreach (var member in NotItsOwn.Where(model.Holds))
            model.Refuse(member, Rule, $"“{member}” cannot stand beside extends: it is as in the model that is extended. Write the model out, or let that one have a parameter for it.");
        model.Done();

        return (there ?? Nothing) with
        {
            Model = slug,
            Name = name,
            Purpose = purpose,
            AppliesTo = Together(applies, (there ?? Nothing).AppliesTo),
            PreAuthorised = authorised, // whoever approves this version says so of this one
            Parameters = [.. (there ?? Nothing).Parameters.Select(declared => parameters.Find(written => written.Name == declared.Name) is { } written ? declared.With(written) : declared)],
            Extends = Pin.Parse(extended) is { } pin ? new ModelExtension(pin.Name, pin.Version, parameters) : null,
        };
    }

    /// <summary>Null when it cannot be extended, which is told.</summary>
    private ModelContent? Find(MapReader model, string slug, string extended)
    {
        if (Pin.Parse(extended) is not { } pin) return Refused(model, $"“{extended}” is no model with its version. Write both, such as {Newest(extended) ?? "rolling-web-service@7"}.");
        if (pin.Name == slug) return Refused(model, $"{slug} cannot extend itself: its next version is drafted from the one before.");
        if (!library.Models.TryGetValue(pin.Name, out var versions)) return Refused(model, $"There is no published model “{pin.Name}”.{Near(pin.Name)}");
        if (versions.FirstOrDefault(version => version.Number == pin.Version) is not { } version) return Refused(model, $"{pin.Name} has no v{pin.Version}.{Instead(pin)}");
        if (version is not { WasPublished: true, Content: { } content })
            return Refused(model, $"v{pin.Version} of {pin.Name} is {(version.Status is ModelVersionStatus.Draft ? "a draft" : Words.Of(version.Status))}, and only what is published can be extended.{Instead(pin)}");
        if (content.Extends is { } further)
            return Refused(model, further.Model == slug
                ? $"{pin.Name} v{pin.Version} extends {further.InWords} itself, so they would go round in a circle."
                : $"{pin.Name} v{pin.Version} extends {further.InWords} itself, and one step is as far as people can follow. Extend {further.Model}@{further.Version}.");

        Note(model, pin, version);
        return content;
    }

    /// <summary>What is left out is as there.</summary>
    private static Applicability Together(Applicability written, Applicability there) => new()
    {
        Kinds = written.Kinds.Count > 0 ? written.Kinds : there.Kinds,
        Tiers = written.Tiers.Count > 0 ? written.Tiers : there.Tiers,
        Services = written.Services.Count > 0 ? written.Services : there.Services,
    };

    private void Note(MapReader model, Pin pin, KnownModel version)
    {
        if (version.Status is ModelVersionStatus.Suspended or ModelVersionStatus.Retired)
            notes.Add(model.Remark(Member, Rule, Severity.Warning, $"v{pin.Version} of {pin.Name} is {Words.Of(version.Status)}: {version.Reason.TrimEnd('.')}.{Instead(pin)}"));
        else if (Pin.Parse(Newest(pin.Name)) is { } newest && newest.Version > pin.Version)
            notes.Add(model.Remark(Member, Rule, Severity.Hint, $"v{newest.Version} of {pin.Name} is there."));
    }

    private static ParameterOverride Override(string name, MapReader written, ModelContent? there)
    {
        var parameter = new ParameterOverride(
            name, written.TextOrNull("default"), written.ChoiceOrNull<Mutability>("mutability"), written.TextOrNull("minimum"), written.TextOrNull("maximum"), written.TextsOrNull("choices"));
        foreach (var member in NotSaidAnew.Where(written.Holds))
            written.Refuse(member, Rule, $"“{member}” stays as it is in the model that is extended: only default, mutability, minimum, maximum and choices are said anew.");

        var declared = there?.Parameters.FirstOrDefault(declared => declared.Name == name);
        if (declared is null && there is not null)
            written.Refuse("", Rule, $"{there.Model} has no parameter {name} that could be said anew.{NearNames.Sentence(name, there.Parameters.Select(known => known.Name))}");
        if (declared?.ExceededBy(declared.With(parameter)) is var (exceeding, how))
            written.Refuse(exceeding, Rule, $"“{exceeding}” {how} in the model that is extended, and may only be narrower.");
        written.Done();
        return parameter;
    }

    private static ModelContent? Refused(MapReader model, string sentence)
    {
        model.Refuse(Member, Rule, sentence);
        return null;
    }

    private string Near(string slug) => NearNames.Sentence(slug, library.Models.Keys.Where(key => Newest(key) is not null), key => Newest(key)!);

    private string Instead(Pin pin) => Newest(pin.Name) is { } newest && newest != pin.ToString() ? $" Its newest is {newest}." : "";

    /// <summary>Such as <c>rolling-web-service@8</c>; null when none is published.</summary>
    private string? Newest(string slug) =>
        library.Models.GetValueOrDefault(slug)?.LastOrDefault(version => version.Status is ModelVersionStatus.Published) is { } newest ? new Pin(slug, newest.Number).ToString() : null;
}
