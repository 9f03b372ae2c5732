using System.Globalization;
using DeployHub.Domain;

namespace DeployHub.Web.Pages.Shared;

/// <summary>A time of day as somebody typed it, kept as text so that a page can show again what cannot be read.</summary>
internal static class TypedTime
{
    public static TimeOnly? Read(string? typed) => TimeOnly.TryParse(typed, CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>Null where nothing was typed or it can be read.</summary>
    /// <param name="field">Where it was typed.</param>
    public static Error? Objection(string? typed, string field) =>
        string.IsNullOrWhiteSpace(typed) || Read(typed) is not null ? null : Error.Invalid("time.unreadable", field, $"“{typed}” is no time of day. Write it as 06:30.");
}
