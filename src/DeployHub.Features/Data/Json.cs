using System.Text.Json;
using System.Text.Json.Serialization;
using DeployHub.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DeployHub.Features.Data;

/// <summary>How documents are written in <c>jsonb</c> columns: the same everywhere.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true, // jsonb orders the keys itself, so "kind" need not come first.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new DigestJson(), new IdJson() },
    };

    /// <summary>Stores the property as a <c>jsonb</c> document; a change anywhere inside it counts.</summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
    {
        property.HasColumnType("jsonb").HasConversion(
            value => JsonSerializer.Serialize(value, Options),
            text => JsonSerializer.Deserialize<T>(text, Options)!,
            new ValueComparer<T>(
                (left, right) => JsonSerializer.Serialize(left, Options) == JsonSerializer.Serialize(right, Options),
                value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
                value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Options), Options)!));
        return property;
    }

    /// <summary>The same for an array of which little is looked at and less is changed; see <see cref="StoredItems{T}"/> for what its items have to be.</summary>
    internal static PropertyBuilder<IReadOnlyList<T>> HasStoredItems<T>(this PropertyBuilder<IReadOnlyList<T>> property) where T : class
    {
        property.HasColumnType("jsonb").HasConversion(
            items => StoredItems<T>.TextOf(items),
            text => new StoredItems<T>(text),
            new ValueComparer<IReadOnlyList<T>>((left, right) => StoredItems<T>.AreEqual(left, right), items => items.Count, items => StoredItems<T>.Snapshot(items)));
        return property;
    }

    private sealed class DigestJson : JsonConverter<Digest>
    {
        public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Digest.Parse(reader.GetString()) is { Error: null } digest ? digest.Value : throw new JsonException("Write a digest as sha256: and 64 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    /// <summary>Strongly typed identifiers are plain strings outside the code.</summary>
    private sealed class IdJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsValueType && typeToConvert.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        private sealed class Of<TId> : JsonConverter<TId> where TId : struct, IId<TId>
        {
            public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetGuid());

            public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
        }
    }
}
