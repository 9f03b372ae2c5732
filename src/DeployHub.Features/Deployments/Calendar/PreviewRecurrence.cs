using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using Mediator;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Says a recurrence in words and when it happens next, before anything is kept.</summary>
public sealed record PreviewRecurrence(RecurrenceInput When) : IQuery<Result<PreviewRecurrence.View>>
{
    private const int MostTimes = 5;

    /// <param name="Words">Such as “Every Fri 15:00–Mon 07:00 Europe/Stockholm”.</param>
    /// <param name="Times">The next times that are not over.</param>
    /// <param name="IsEndless">It never ends by itself.</param>
    public sealed record View(string Words, IReadOnlyList<Slot> Times, bool IsEndless);

    internal sealed class Handler(TimeProvider clock) : IQueryHandler<PreviewRecurrence, Result<View>>
    {
        public ValueTask<Result<View>> Handle(PreviewRecurrence query, CancellationToken cancellationToken) => ValueTask.FromResult(Of(query.When));

        private Result<View> Of(RecurrenceInput input)
        {
            var when = input.Bind();
            return when.Error is { } objection
                ? objection
                : new View(when.Value.InWords(), [.. when.Value.Next(clock.GetUtcNow(), MostTimes, isKept: false).Select(time => new Slot(time.Start, time.End))], when.Value.IsEndless);
        }
    }
}
