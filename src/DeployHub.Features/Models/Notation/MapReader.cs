using System.Globalization;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Features.Models.Notation;

/// <summary>Takes the members of one mapping by name and remembers what was wrong, so that one reading tells everything.</summary>
internal sealed class MapReader(SourceMap map, string path, ICollection<PlacedRemark> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Path => path;

    public int Line => map.Line;

    public int Column => map.Column;

    public ICollection<PlacedRemark> Faults => faults;

    public string Text(string name) => TextOrNull(name) ?? (Has(name) ? "" : Missing(name, ""));

    public string? TextOrNull(string name) => Find(name) switch
    {
        null => null,
        SourceText text => text.Text,
        { } other => Wrong<string?>(other, name, "must be text", null),
    };

    public int Number(string name, int? fallback = null)
    {
        if (TextOrNull(name) is not { } text) return fallback ?? (Has(name) ? 0 : Missing(name, 0));
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Wrong(Find(name)!, name, $"must be a whole number, not “{text}”", 0);
    }

    public bool Flag(string name) => TextOrNull(name) switch
    {
        "true" => true,
        "false" => false,
        null => !Has(name) && Missing(name, false),
        var text => Wrong(Find(name)!, name, $"must be true or false, not “{text}”", false),
    };

    public T Choice<T>(string name, T? fallback = null) where T : struct, Enum => (T)Choice(typeof(T), name, fallback);

    public T? ChoiceOrNull<T>(string name) where T : struct, Enum => Find(name) is null ? null : Choice<T>(name);

    public object Choice(Type type, string name, object? fallback)
    {
        var any = Enum.GetValues(type).GetValue(0)!;
        if (TextOrNull(name) is not { } text) return fallback ?? (Has(name) ? any : Missing(name, any));
        return Chosen(type, text) ?? Wrong(Find(name)!, name, NotOneOf(type, text), any);
    }

    public IReadOnlyList<T> Choices<T>(string name) where T : struct, Enum =>
        [.. Items(name).Select(item => item.Source is SourceText text && Chosen(typeof(T), text.Text) is T chosen ? chosen : Wrong(item.Source, item.Name, NotOneOf(typeof(T), (item.Source as SourceText)?.Text ?? "this"), default(T)))];

    public IReadOnlyList<string>? TextsOrNull(string name) => Find(name) is null ? null : [.. Items(name).Select(Text)];

    public IReadOnlyList<int>? NumbersOrNull(string name) => Find(name) is null ? null : [.. Items(name).Select(Number)];

    public IReadOnlyDictionary<string, string>? NamedTextsOrNull(string name) =>
        Map(name)?.Members.ToDictionary(member => member.Name.Text, member => Text(($"{name}.{member.Name.Text}", member.Value)), StringComparer.Ordinal);

    /// <summary>Null when it is not there; told when it is required.</summary>
    public MapReader? Inner(string name, bool isRequired = false)
    {
        if (isRequired && Find(name) is null) return Missing<MapReader?>(name, null);
        return Map(name) is { } inner ? new MapReader(inner, Join(name), faults) : null;
    }

    /// <summary>The members of a mapping whose names are free.</summary>
    public IEnumerable<(string Name, MapReader Value)> NamedMaps(string name, int most) =>
        AtMost(most, name, Map(name)?.Members ?? []).Select(member => (member.Name.Text, AsMap(($"{name}.{member.Name.Text}", member.Value)))).Where(member => member.Item2 is not null)!;

    public IReadOnlyList<MapReader> Maps(string name, int most) => [.. AtMost(most, name, [.. Items(name)]).Select(AsMap).OfType<MapReader>()];

    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether it is written, without asking for it: <see cref="Done"/> refuses it all the same.</summary>
    public bool Holds(string name) => map[name] is not null;

    public bool IsList(string name) => Find(name) is SourceList;

    public bool IsText(string name) => Find(name) is SourceText;

    /// <summary>To be called last: refuses what nobody asked for.</summary>
    public void Done()
    {
        foreach (var (name, _) in map.Members.Where(member => !_known.Contains(member.Name.Text)))
        {
            var known = _known.Count == 0 ? "Nothing is" : $"Known are {Domain.Words.List(_known)}";
            faults.Add(name.Fault(Join(name.Text), $"“{name.Text}” is not known here.{Domain.NearNames.Question(name.Text, _known)} {known}."));
        }
    }

    /// <summary>What is written there cannot stand for another reason than its form.</summary>
    /// <param name="name">Empty for the whole mapping.</param>
    /// <param name="sentence">What is wrong, as people read it.</param>
    public void Refuse(string name, string rule, string sentence) => faults.Add(Remark(name, rule, Severity.Error, sentence));

    /// <summary>With the place of the member, or of the mapping where it is not written.</summary>
    public PlacedRemark Remark(string name, string rule, Severity severity, string sentence)
    {
        var place = name.Length == 0 ? map : Find(name) ?? map;
        return new PlacedRemark(rule, name.Length == 0 ? path : Join(name), place.Line, place.Column, severity, sentence);
    }

    public T Wrong<T>(string name, string sentence, T instead) => Wrong(Find(name) ?? map, name, sentence, instead);

    private Source? Find(string name)
    {
        _known.Add(name);
        return map[name] is { } found and not SourceNull ? found : null;
    }

    private SourceMap? Map(string name) => Find(name) switch
    {
        null => null,
        SourceMap inner => inner,
        { } other => Wrong<SourceMap?>(other, name, "must be a mapping of names to values", null),
    };

    private IEnumerable<(string Name, Source Source)> Items(string name) => Find(name) switch
    {
        null => [],
        SourceList list => list.Items.Select((item, index) => ($"{name}[{index}]", item)),
        { } other => Wrong<IEnumerable<(string, Source)>>(other, name, "must be a list", []),
    };

    private IReadOnlyList<T> AtMost<T>(int most, string name, IReadOnlyList<T> items) =>
        items.Count <= most ? items : Wrong<IReadOnlyList<T>>(name, $"has {items.Count} entries; at most {most} can be read by people and by DeployHub", []);

    private MapReader? AsMap((string Name, Source Source) item) =>
        item.Source is SourceMap inner ? new MapReader(inner, Join(item.Name), faults) : Wrong<MapReader?>(item.Source, item.Name, "must be a mapping of names to values", null);

    private string Text((string Name, Source Source) item) => item.Source is SourceText text ? text.Text : Wrong(item.Source, item.Name, "must be text", "");

    private int Number((string Name, Source Source) item) =>
        int.TryParse(Text(item), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Wrong(item.Source, item.Name, "must be a whole number", 0);

    private static object? Chosen(Type type, string text) => Enum.GetNames(type).Contains(text) ? Enum.Parse(type, text) : null;

    private static string NotOneOf(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => string.Equals(name, text.Replace("-", ""), StringComparison.OrdinalIgnoreCase)) is { } meant
            ? $"must be written {meant}"
            : $"must be one of {string.Join(", ", Enum.GetNames(type))}, not “{text}”";

    public T Missing<T>(string name, T instead)
    {
        faults.Add(map.Fault(Join(name), $"“{(path.EndsWith(".with", StringComparison.Ordinal) ? $"with.{name}" : name)}” is missing."));
        return instead;
    }

    private T Wrong<T>(Source source, string name, string rule, T instead)
    {
        faults.Add(source.Fault(Join(name), $"“{name[(name.LastIndexOf('.') + 1)..]}” {rule}."));
        return instead;
    }

    private string Join(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
