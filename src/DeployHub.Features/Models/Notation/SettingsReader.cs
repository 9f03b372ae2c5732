using System.Reflection;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Vulnerabilities;

namespace DeployHub.Features.Models.Notation;

/// <summary>Reads <c>uses</c> and <c>with</c>: each kind's record says by its constructor what may be written, so a new kind needs nothing here.</summary>
internal static class SettingsReader
{
    private const int MostValues = 20; // that one person reads off in one step
    private const int MostFiles = 50;
    private const int MostMetrics = 20; // each costs two questions a look
    private const int MostExceptions = 500;
    private const int MostIdentities = 50;
    private const int MostExpectations = 50;

    public static StepSettings Read(MapReader step)
    {
        var uses = step.Text("uses");
        var with = step.Inner("with");
        if (!StepKinds.All.TryGetValue(uses, out var type))
        {
            var kinds = StepKinds.All.Keys;
            if (uses.Length > 0) step.Refuse("uses", "model.document", $"There is no kind of step “{uses}”.{NearNames.Question(uses, kinds)} “uses” must be one of {string.Join(", ", kinds)}.");
            return new CheckArtefacts();
        }

        return (StepSettings)Record(type, with ?? new MapReader(new SourceMap([], step.Line, step.Column), $"{step.Path}.with", step.Faults));
    }

    private static object Record(Type type, MapReader reader)
    {
        var constructor = Constructor(type);
        var record = constructor.Invoke([.. constructor.GetParameters().Select(member => Value(reader, member))]);
        reader.Done();
        return record;
    }

    /// <summary>The one that takes the members, not the copy.</summary>
    internal static ConstructorInfo Constructor(Type type) => type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;

    internal static string NameOf(ParameterInfo member) => JsonNamingPolicy.CamelCase.ConvertName(member.Name!);

    private static object? Value(MapReader reader, ParameterInfo member)
    {
        var (name, type) = (NameOf(member), member.ParameterType);
        if (member.HasDefaultValue && !reader.Has(name)) return Default(member);
        if (type == typeof(string)) return reader.Text(name);
        if (type == typeof(int) || type == typeof(int?)) return reader.Number(name);
        if (type == typeof(bool) || type == typeof(bool?)) return reader.Flag(name);
        if (Nullable.GetUnderlyingType(type) is { IsEnum: true } choice) return reader.Choice(choice, name, null);
        if (type.IsEnum) return reader.Choice(type, name, null);
        if (type == typeof(IReadOnlyList<string>)) return reader.TextsOrNull(name) ?? reader.Missing<IReadOnlyList<string>>(name, []);
        if (type == typeof(IReadOnlyList<int>)) return reader.NumbersOrNull(name) ?? reader.Missing<IReadOnlyList<int>>(name, []);
        if (type == typeof(IReadOnlyDictionary<string, string>)) return reader.NamedTextsOrNull(name) ?? new Dictionary<string, string>();
        if (type == typeof(IReadOnlyList<ManualValue>)) return reader.Maps(name, MostValues).Select(value => (ManualValue)Record(typeof(ManualValue), value)).ToList();
        if (type == typeof(IReadOnlyList<ConfiguredFile>)) return reader.Maps(name, MostFiles).Select(file => (ConfiguredFile)Record(typeof(ConfiguredFile), file)).ToList();
        if (type == typeof(IReadOnlyList<CanaryMetric>)) return reader.Maps(name, MostMetrics).Select(metric => (CanaryMetric)Record(typeof(CanaryMetric), metric)).ToList();
        if (type == typeof(IReadOnlyList<VulnerabilityException>)) return reader.Maps(name, MostExceptions).Select(exception => (VulnerabilityException)Record(typeof(VulnerabilityException), exception)).ToList();
        if (type == typeof(IReadOnlyList<SignerIdentity>)) return reader.Maps(name, MostIdentities).Select(identity => (SignerIdentity)Record(typeof(SignerIdentity), identity)).ToList();
        if (type == typeof(IReadOnlyList<WatchedFact>)) return reader.Maps(name, WatchedFact.Most).Select(fact => (WatchedFact)Record(typeof(WatchedFact), fact)).ToList();
        if (type == typeof(IReadOnlyList<DeclaredCapacity>)) return reader.Maps(name, CheckCapacity.MostDeclared).Select(declared => (DeclaredCapacity)Record(typeof(DeclaredCapacity), declared)).ToList();
        if (type == typeof(DefinitionSource)) return reader.Inner(name, isRequired: true) is { } source ? (DefinitionSource)Record(typeof(DefinitionSource), source) : new DefinitionSource();
        if (type == typeof(IReadOnlyList<ManifestExpectation>)) return reader.Maps(name, MostExpectations).Select(expectation => (ManifestExpectation)Record(typeof(ManifestExpectation), expectation)).ToList();
        if (type == typeof(IReadOnlyList<QuizQuestion>)) return reader.Maps(name, QuizQuestion.Most).Select(question => (QuizQuestion)Record(typeof(QuizQuestion), question)).ToList();
        if (type == typeof(IReadOnlyList<ComponentKind>)) return reader.Choices<ComponentKind>(name);
        throw new NotSupportedException($"The notation knows no members of type {type}.");
    }

    internal static object? Default(ParameterInfo member) =>
        member.ParameterType.IsEnum ? Enum.ToObject(member.ParameterType, member.DefaultValue!) : member.DefaultValue;
}
