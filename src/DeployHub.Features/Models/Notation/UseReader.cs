using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Features.Models.Notation;

/// <summary>Reads a place where a model uses a block of the step library: what stands there instead are the steps of that block.</summary>
/// <param name="parameters">Of the model: what it may give to a block.</param>
/// <param name="notes">Takes what stops nothing.</param>
internal sealed class UseReader(Library library, IReadOnlyList<Parameter> parameters, ICollection<PlacedRemark> notes)
{
    public const string Member = "use";
    private const string Rule = "model.block";

    /// <param name="before">The steps before it in its list.</param>
    public IReadOnlyList<StepDefinition> Read(MapReader written, IReadOnlyList<StepDefinition> before)
    {
        var (name, prefix) = (written.Text(Member), written.TextOrNull("as"));
        var block = name.Length == 0 ? null : Find(written, name);
        if (prefix is not null && !StepOutputs.IsName(prefix))
            written.Refuse("as", Rule, $"“{prefix}” cannot tell names apart: it begins with a letter or _, then letters, digits, _ and -, at most 50 of them.");
        var given = Given(written, block);
        written.Done();
        if (block is null) return [];

        var use = new BlockUse(block.Block, Pin.Parse(name)!.Value.Version, given, prefix);
        if (before.Any(step => step.Use is { } other && (other.Block, other.As) == (use.Block, use.As)))
            written.Refuse("as", Rule, $"{use.Block} is used here before: give one of the two a name of its own, such as as: second.");
        return block.Expand(use);
    }

    /// <summary>Null when it cannot be used, which is told.</summary>
    private BlockContent? Find(MapReader written, string name)
    {
        if (Pin.Parse(name) is not { } pin) return Refused(written, $"“{name}” is no block with its version. Write both, such as {Newest(name) ?? "wait-until-healthy@2"}.");
        if (!library.Blocks.TryGetValue(pin.Name, out var versions)) return Refused(written, $"There is no block “{pin.Name}”.{Near(pin.Name)}");
        if (versions.FirstOrDefault(version => version.Number == pin.Version) is not { } version) return Refused(written, $"{pin.Name} has no v{pin.Version}.{Instead(pin)}");
        if (version.Status is BlockVersionStatus.Draft) return Refused(written, $"v{pin.Version} of {pin.Name} is a draft, and models use what is published.{Instead(pin)}");
        if (version is not { Status: BlockVersionStatus.Published or BlockVersionStatus.Retired, Content: { } content })
            return Refused(written, $"v{pin.Version} of {pin.Name} was discarded.{Instead(pin)}");

        Note(written, pin, version);
        return content;
    }

    private void Note(MapReader written, Pin pin, KnownBlock version)
    {
        if (version.Status is BlockVersionStatus.Retired)
            notes.Add(written.Remark(Member, Rule, Severity.Warning, $"v{pin.Version} of {pin.Name} is retired: {version.Reason.TrimEnd('.')}.{Instead(pin)}"));
        else if (Pin.Parse(Newest(pin.Name)) is { } newest && newest.Version > pin.Version)
            notes.Add(written.Remark(Member, Rule, Severity.Hint, $"v{newest.Version} of {pin.Name} is there."));
    }

    /// <summary>What the model gives; null for nothing. Read even where no block is found, so that the rest of it is.</summary>
    private Dictionary<string, string>? Given(MapReader written, BlockContent? block)
    {
        var with = written.Inner("with");
        if (block is null) return null;

        var reader = with ?? new MapReader(new SourceMap([], written.Line, written.Column), $"{written.Path}.with", written.Faults);
        var given = new Dictionary<string, string>();
        foreach (var parameter in block.Parameters)
            if (reader.TextOrNull(parameter.Name) is { } value)
            {
                if (value.Length <= BlockParameter.LongestValue) given[parameter.Name] = value;
                if (Objection(parameter, value) is { } objection) reader.Refuse(parameter.Name, Rule, objection);
            }
            else if (parameter.IsRequired && !reader.Has(parameter.Name)) reader.Refuse(parameter.Name, Rule, $"{block.Block} needs “{parameter.Name}”: {parameter.Description}");

        reader.Done();
        return given.Count == 0 ? null : given;
    }

    /// <summary>Why the block cannot be given that, in a sentence; null when it can, or when only a run can tell.</summary>
    private string? Objection(BlockParameter parameter, string value)
    {
        if (value.Length > BlockParameter.LongestValue) return $"A block is given at most {BlockParameter.LongestValue} characters, and these are {value.Length}.";

        var names = Template.NamesIn(value).ToList();
        var read = names.Where(name => name.StartsWith("parameter.", StringComparison.Ordinal)).Select(name => name["parameter.".Length..]).ToList();
        if (read.Find(name => parameters.All(known => known.Name != name)) is { } unknown)
            return $"There is no parameter {unknown} that could be given.{NearNames.Sentence(unknown, parameters.Select(known => known.Name))}";
        if (parameters.Any(known => known.Default.Length > BlockParameter.LongestValue && read.Contains(known.Name))) return null; // which is told of that parameter
        if (names.Count == 1 && read.Count == 1 && value == $"${{{names[0]}}}") return Excess(parameter, parameters.First(known => known.Name == read[0]));

        var filled = Template.Fill(value, parameters.GroupBy(known => known.Name).ToDictionary(same => $"parameter.{same.Key}", same => same.First().Default), new List<string>());
        return Template.NamesIn(filled).Any() ? null : parameter.With(filled).Check(filled).Error?.Message;
    }

    /// <summary>A plan may choose another value than the default, and nothing looks at the block's bounds then.</summary>
    private static string? Excess(BlockParameter parameter, Parameter given) => parameter.With(given.Default).ExceededBy(given) switch
    {
        null => null,
        ("default", var rule) => $"The parameter {parameter.Name} {rule}, and {given.Name} is {given.Default} unless a plan says otherwise.",
        var (_, how) => $"It is given {given.Name}, which {how}.",
    };

    private static BlockContent? Refused(MapReader written, string sentence)
    {
        written.Refuse(Member, Rule, sentence);
        return null;
    }

    private string Near(string name) => NearNames.Sentence(name, library.Blocks.Keys.Where(key => Newest(key) is not null), key => Newest(key)!);

    private string Instead(Pin pin) => Newest(pin.Name) is { } newest ? newest == pin.ToString() ? "" : $" Its newest is {newest}." : " None of its versions is published.";

    /// <summary>Such as <c>wait-until-healthy@3</c>; null when none is published.</summary>
    private string? Newest(string key) =>
        library.Blocks.GetValueOrDefault(key)?.LastOrDefault(version => version.Status is BlockVersionStatus.Published) is { } newest ? new Pin(key, newest.Number).ToString() : null;
}
