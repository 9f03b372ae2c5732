using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace DeployHub.Features.Data;

/// <summary>
/// The items of a <c>jsonb</c> array. They are read when somebody looks, and a change shows without writing them again: a run on a fleet
/// loads hundreds of such arrays for each of its moves and changes a few. Right for items that change by replacing what their
/// properties hold, never inside of it.
/// </summary>
/// <exception cref="JsonException">Thrown by the first look: the text is not what it should be.</exception>
internal sealed class StoredItems<T>(string text) : IReadOnlyList<T> where T : class
{
    private static readonly Func<object, object> Copy = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();
    private static readonly Func<T, T, bool> AreSame = ComparingFields();

    private T[]? _items;
    private T[] _asRead = [];

    public int Count => Items.Length;

    public T this[int index] => Items[index];

    private T[] Items => _items ??= Read();

    private bool HasChanged => _items is not null && !AllSame(_items, _asRead);

    public static string TextOf(IReadOnlyList<T> items) => items is StoredItems<T> { HasChanged: false } stored ? stored.Text : JsonSerializer.Serialize(items, Json.Options);

    /// <summary>What a later state is compared with.</summary>
    public static IReadOnlyList<T> Snapshot(IReadOnlyList<T> items) => items is StoredItems<T> { HasChanged: false } ? items : Copies(items);

    public static bool AreEqual(IReadOnlyList<T>? now, IReadOnlyList<T>? then) =>
        ReferenceEquals(now, then) ? now is not StoredItems<T> { HasChanged: true } : now is not null && then is not null && AllSame(now, then);

    public IEnumerator<T> GetEnumerator() => Items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string Text => text;

    private T[] Read()
    {
        var items = JsonSerializer.Deserialize<T[]>(text, Json.Options)!;
        _asRead = Copies(items);
        return items;
    }

    private static T[] Copies(IReadOnlyList<T> items) => [.. items.Select(item => (T)Copy(item))];

    private static bool AllSame(IReadOnlyList<T> left, IReadOnlyList<T> right) => left.Count == right.Count && Enumerable.Range(0, left.Count).All(place => AreSame(left[place], right[place]));

    private static Func<T, T, bool> ComparingFields()
    {
        var (left, right) = (Expression.Parameter(typeof(T)), Expression.Parameter(typeof(T)));
        var fields = typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        return Expression.Lambda<Func<T, T, bool>>(fields.Select<FieldInfo, Expression>(field => Same(field.FieldType, Expression.Field(left, field), Expression.Field(right, field))).Aggregate(Expression.AndAlso), left, right).Compile();
    }

    private static MethodCallExpression Same(Type type, Expression left, Expression right)
    {
        var comparer = typeof(EqualityComparer<>).MakeGenericType(type);
        return Expression.Call(Expression.Property(null, comparer, nameof(EqualityComparer<>.Default)), comparer.GetMethod(nameof(EqualityComparer<>.Equals), [type, type])!, left, right);
    }
}
