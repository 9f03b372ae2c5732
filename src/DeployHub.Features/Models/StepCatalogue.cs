using System.Reflection;
using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Features.Models;

/// <summary>Every kind of step and check that a model may use, described by the doc comments of its settings.</summary>
public static class StepCatalogue
{
    /// <param name="Name">As a model names it in <c>uses</c>.</param>
    /// <param name="IsCheck">It only looks.</param>
    /// <param name="IsForComponents">It belongs to verifyComponents only.</param>
    /// <param name="Settings">What may stand in <c>with</c>.</param>
    public sealed record Kind(string Name, bool IsCheck, bool IsForComponents, string Summary, IReadOnlyList<Setting> Settings);

    /// <param name="Name">In a list of items, the item's setting after the list's name, such as <c>metrics[].weight</c>.</param>
    /// <param name="Type">In words.</param>
    /// <param name="Default">Null when it has none.</param>
    public sealed record Setting(string Name, string Type, bool IsRequired, string? Default, string Description);

    /// <summary>In the order in which a run uses them.</summary>
    public static IReadOnlyList<Kind> Kinds { get; } = [.. StepKinds.InModels.Select(kind => Of(kind.Key, kind.Value))];

    private static Kind Of(string name, Type type) =>
        new(name, name.StartsWith("check-", StringComparison.Ordinal), type.IsSubclassOf(typeof(ComponentCheck)), DocComments.SummaryOf(type) ?? "", [.. SettingsOf(type, "")]);

    private static IEnumerable<Setting> SettingsOf(Type type, string before)
    {
        foreach (var parameter in type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First().GetParameters())
        {
            var name = before + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            yield return new Setting(name, TypeOf(parameter.ParameterType), !parameter.HasDefaultValue, DefaultOf(parameter), DocComments.OfProperty(type, parameter.Name!) ?? "");
            if (ItemOf(parameter.ParameterType) is { } item)
                foreach (var setting in SettingsOf(item, $"{name}[].")) yield return setting;
        }
    }

    /// <summary>The record that a list holds; null for anything else.</summary>
    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && type.GetGenericArguments()[0] is { IsClass: true } item && item != typeof(string) ? item : null;

    private static string TypeOf(Type type)
    {
        var known = Nullable.GetUnderlyingType(type) ?? type;
        if (known.IsEnum) return Words.List(Enum.GetNames(known)).Replace(" and ", " or ", StringComparison.Ordinal);
        if (known == typeof(bool)) return "true or false";
        if (known == typeof(string)) return "text";
        if (known.IsPrimitive) return "whole number";
        if (!known.IsGenericType) return "group of settings";
        if (known.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) return "texts by name";

        var item = known.GetGenericArguments()[0];
        return item == typeof(string) ? "list of texts" : item.IsPrimitive ? "list of whole numbers" : "list";
    }

    private static string? DefaultOf(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue || parameter.DefaultValue is not { } value) return null;
        if ((Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) is { IsEnum: true } choice) return Enum.ToObject(choice, value).ToString(); // a default of a nullable one is its number
        return value is bool truth ? truth ? "true" : "false" : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
