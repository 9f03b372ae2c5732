using DeployHub.Domain.Notifications;

namespace DeployHub.Features.Notifications;

/// <summary>Something that happened and cannot be passed on as it is: it is put off, and the others are not.</summary>
public sealed class NotPassedOnException(Happening happening, Exception trouble)
    : Exception($"{happening.Type} of {happening.Subject} could not be passed on: {trouble.Message}", trouble)
{
    public long Number { get; } = happening.Number;
}
