namespace DeployHub.Domain.Deployments.BusyTimes;

/// <summary>Every way a calendar of others says no.</summary>
public static class BusyErrors
{
    public static readonly Error KeyTaken = Error.Invalid("busy.key-taken", "Key", "Another calendar has this key already. Choose another.");

    public static readonly Error Uploaded = new(ErrorKind.Conflict, "busy.uploaded", "This calendar has no address to fetch it from: upload its newest file, or give it an address.");

    public static readonly Error Fetched = new(ErrorKind.Conflict, "busy.fetched", "A worker brings this calendar up to date; a file would be replaced by the next look. Take its address, or its country, away to upload files.");

    public static Error TooMany(int most) => new(ErrorKind.Conflict, "busy.too-many", $"There are {most} calendars of others already, which is the most. Remove one that nobody needs any more.");

    /// <param name="line">Of the text, from 1; null where the whole text is at fault.</param>
    public static Error Malformed(int? line, string reason) =>
        Error.Invalid("busy.malformed", "Text", $"This is no calendar that could be read (RFC 5545){(line is { } number ? $", line {number}" : "")}: {reason}");

    public static Error Unknown(string noun, string field, string key) => Error.Invalid($"busy.{noun}-unknown", field, $"There is no {noun} “{key}”. Register it first, or correct its key.");
}
