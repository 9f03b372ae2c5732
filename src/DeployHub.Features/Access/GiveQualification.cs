using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Records that somebody has shown a skill, so that plans may name them where a model wants it (domain §4.1).</summary>
/// <param name="Skill">As models name it, such as <c>rack-hardware</c>.</param>
/// <param name="Environment">Key of the only environment in which it counts; null for all.</param>
/// <param name="Evidence">What shows it: a certificate, a course, work that was watched.</param>
/// <param name="Since">The first day on which it counts; null for today.</param>
/// <param name="Until">The last day; null for no end.</param>
[Requires(Permission.ManageQualifications)]
public sealed record GiveQualification(string Email, string Skill, string Evidence, string Reason, string? Environment = null, DateOnly? Since = null, DateOnly? Until = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<GiveQualification>
    {
        public Validator()
        {
            RuleFor(command => command.Email).NotEmpty().WithMessage("Say who is qualified.");
            RuleFor(command => command.Skill).Must(skill => skill is not null && Qualification.IsSkill(skill)).WithMessage(Qualification.SkillRule);
            RuleFor(command => command.Evidence).NotEmpty().WithMessage("Say what shows it, such as a certificate or work that was watched.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<GiveQualification, Result>
    {
        public async ValueTask<Result> Handle(GiveQualification command, CancellationToken cancellationToken)
        {
            var person = await db.FindPersonAsync(command.Email, cancellationToken);
            if (person is null || person.IsClosed) return Error.Invalid("people.unknown", "Email", $"Nobody with an open account here has the e-mail address “{command.Email}”.");
            var environment = string.IsNullOrWhiteSpace(command.Environment) ? null : command.Environment;
            if (environment is not null && !await db.Environments.AnyAsync(known => known.Key == environment, cancellationToken))
                return Error.Invalid("access.environment-unknown", "Environment", $"There is no environment “{environment}”.");

            await db.LockPersonAsync(person.Id, cancellationToken); // so that two do not record the same
            var at = clock.GetUtcNow();
            var given = Qualification.Give(
                person.Id.ToString(), command.Skill, environment, command.Since ?? DateOnly.FromDateTime(at.UtcDateTime), command.Until, command.Evidence.Trim(), command.Reason.Trim(), caller.Actor, at);
            if (given.Error is { } refusal) return refusal;
            if (await IsHeldAsync(given.Value, cancellationToken)) return QualificationErrors.HeldAlready(command.Skill);

            db.Qualifications.Add(given.Value);
            return Result.Success;
        }

        private Task<bool> IsHeldAsync(Qualification given, CancellationToken cancellationToken)
        {
            var (holder, skill, environment, since, until) = (given.Holder, given.Skill, given.Environment, given.Since, given.Until);
            return db.Qualifications.AnyAsync(
                held => held.Holder == holder && held.Skill == skill && held.EndedAt == null && (held.Environment == null || held.Environment == environment)
                    && held.Since <= since && (held.Until == null || (until != null && held.Until >= until)),
                cancellationToken);
        }
    }
}
