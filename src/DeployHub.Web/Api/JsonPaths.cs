using System.Reflection;
using System.Text.Json.Serialization;

namespace DeployHub.Web.Api;

/// <summary>Finds out what a message expects at a place of its JSON, such as <c>artefacts[0].size</c>.</summary>
internal static class JsonPaths
{
    public static Type? TypeAt(Type? root, string path)
    {
        foreach (var part in path.Replace("[", ".[").Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (root is null) return null;
            root = ItemOf(root) ?? root.GetProperty(part, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
        }

        return root;
    }

    /// <summary>What a list or dictionary holds; null for anything else.</summary>
    public static Type? ItemOf(Type type) => type switch
    {
        { IsArray: true } => type.GetElementType(),
        { IsGenericType: true } when type.IsAssignableTo(typeof(System.Collections.IEnumerable)) => type.GetGenericArguments()[^1],
        _ => null,
    };

    /// <summary>The kinds an object may say it is of.</summary>
    public static IReadOnlyList<string> KindsOf(Type type) =>
        [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.TypeDiscriminator).OfType<string>()];
}
