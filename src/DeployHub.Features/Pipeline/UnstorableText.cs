using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace DeployHub.Features.Pipeline;

/// <summary>Text that PostgreSQL cannot hold: with the character U+0000, or with half of one that takes two.</summary>
public static class UnstorableText
{
    public const string Rule = "This has a character that no text can hold: U+0000, or half of a character. Take it out.";

    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Parts = new();

    public static bool IsIn(string? text) => text is not null && (text.Contains('\0') || (text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && HasHalves(text)));

    /// <summary>The fields of a message that have such text, as validators name them: <c>Variables[2].Value</c>.</summary>
    public static IEnumerable<string> FieldsOf(object? message, string path = "") => message switch
    {
        null => [],
        string text => IsIn(text) ? [path] : [],
        byte[] => [],
        IDictionary entries => entries.Keys.Cast<object>().SelectMany(key => FieldsOf(key, path).Concat(FieldsOf(entries[key], path))),
        IEnumerable items => items.Cast<object?>().SelectMany((item, place) => FieldsOf(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{place}]"))),
        _ => PartsOf(message.GetType()).SelectMany(part => FieldsOf(part.GetValue(message), path.Length == 0 ? part.Name : $"{path}.{part.Name}")),
    };

    /// <summary>What is computed is not looked at, and of other people's types only text and collections hold text.</summary>
    private static PropertyInfo[] PartsOf(Type type) => Parts.GetOrAdd(type, static known =>
        known.Assembly.GetName().Name?.StartsWith("DeployHub.", StringComparison.Ordinal) is not true || known.IsEnum || known.IsPrimitive ? []
        : [.. known.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && property.GetIndexParameters().Length == 0 && !property.IsDefined(typeof(TakesAnyTextAttribute)))]);

    private static bool HasHalves(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) is not System.Buffers.OperationStatus.Done) return true;
            rest = rest[length..];
        }

        return false;
    }
}
