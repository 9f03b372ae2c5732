using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory.Testing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Keeps what became of a suite's tests as evidence for a version, bound to its content. A CI system sends JUnit's XML as it is, or the numbers.</summary>
/// <param name="Suite">Such as <c>unit</c>; models name it in <c>check-tests</c>.</param>
/// <param name="Digest">What was tested: the digest of the version or of one of its artefacts, so that no label can be mistaken.</param>
/// <param name="JUnit">The document; its tests are counted here.</param>
/// <param name="Numbers">Instead of a document.</param>
/// <param name="Link">Where the whole report can be read.</param>
/// <param name="RanAt">Now unless told.</param>
[Requires(Permission.RegisterVersions)]
public sealed record ReportTests(
    string Component, string Label, string Suite, string Digest, byte[]? JUnit = null, ReportTests.Counted? Numbers = null, string? Link = null, DateTimeOffset? RanAt = null) : ICommand<Result<TestResults>>
{
    public sealed record Counted(int Passed, int Failed, int Skipped = 0);

    internal sealed class Validator : AbstractValidator<ReportTests>
    {
        public Validator()
        {
            RuleFor(command => command.Suite).IsKey();
            RuleFor(command => command.Digest).Must(digest => Domain.Digest.Parse(digest).Error is null).WithMessage("Say what was tested: its digest as sha256: and 64 hexadecimal digits.");
            RuleFor(command => command.Numbers).NotNull().When(command => command.JUnit is null).WithMessage("Send the JUnit document as application/xml, or say how many tests passed, failed and were skipped.");
            RuleFor(command => command.Numbers!).Must(numbers => numbers is { Passed: >= 0, Failed: >= 0, Skipped: >= 0 } and { Passed: < 10_000_000, Failed: < 10_000_000, Skipped: < 10_000_000 })
                .When(command => command.Numbers is not null).WithMessage("Numbers of tests are from 0 to 9 999 999.");
            RuleFor(command => command.Link).IsLinkOrNothing();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ReportTests, Result<TestResults>>
    {
        public async ValueTask<Result<TestResults>> Handle(ReportTests command, CancellationToken cancellationToken)
        {
            var component = await db.Components.SingleOrDefaultAsync(component => component.Key == command.Component, cancellationToken);
            if (component is null) return Error.NotFound("component", command.Component);
            if (caller.RefusalAround(Permission.RegisterVersions, service: await db.ServiceOfAsync(component, cancellationToken)) is { } outOfReach) return outOfReach;
            var version = await db.ComponentVersions.SingleOrDefaultAsync(version => version.ComponentId == component.Id && version.Label == command.Label, cancellationToken);
            if (version is null) return Error.NotFound("component-version", command.Label);

            var results = command.JUnit is { } document ? JUnitReport.Parse(document) : new TestResults(command.Numbers!.Passed, command.Numbers.Failed, command.Numbers.Skipped, []);
            if (results.Error is { } unreadable) return unreadable;

            var report = TestReport.Of(
                version, Domain.Digest.Of(command.Digest), command.Suite, results.Value, command.RanAt?.ToUniversalTime(), command.Link,
                command.JUnit is { } bytes ? Domain.Digest.OfBytes(bytes) : null, caller.Actor, clock.GetUtcNow());
            if (report.Error is { } refusal) return refusal;

            db.TestReports.Add(report.Value);
            return results.Value;
        }
    }
}
