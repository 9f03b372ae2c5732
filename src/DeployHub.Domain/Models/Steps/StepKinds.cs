using System.Reflection;
using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>The kinds of the closed family, by the name that documents use.</summary>
public static class StepKinds
{
    private static readonly Dictionary<string, Type> ByName = typeof(StepSettings).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(kind => (string)kind.TypeDiscriminator!, kind => kind.DerivedType);

    private static readonly Dictionary<Type, string> ByType = ByName.ToDictionary(kind => kind.Value, kind => kind.Key);

    public static IReadOnlyDictionary<string, Type> All => ByName;

    /// <summary>Those that a model may use: what a run does by itself is none of them.</summary>
    public static IReadOnlyDictionary<string, Type> InModels { get; } = ByName.Where(kind => kind.Value != typeof(CheckRemoval)).ToDictionary();

    /// <summary>It only looks.</summary>
    public static bool IsCheck(this StepSettings settings) => Of(settings).StartsWith("check-", StringComparison.Ordinal);

    /// <summary>Such as <c>check-http</c>.</summary>
    public static string Of(StepSettings settings) => ByType[settings.GetType()];

    public static string Of<T>() where T : StepSettings => ByType[typeof(T)];
}
