using DeployHub.Domain;
using FluentValidation;
using FluentValidation.Results;
using Mediator;

namespace DeployHub.Features.Pipeline;

/// <summary>Turns away a command whose input makes no sense, before its handler sees it.</summary>
internal sealed class ValidationBehavior<TCommand, TResult>(IEnumerable<IValidator<TCommand>> validators) : IPipelineBehavior<TCommand, TResult>
    where TCommand : IBaseCommand
    where TResult : IFailable<TResult>
{
    public async ValueTask<TResult> Handle(TCommand command, MessageHandlerDelegate<TCommand, TResult> next, CancellationToken cancellationToken)
    {
        var failures = UnstorableText.FieldsOf(command).Distinct().Select(field => new ValidationFailure(field, UnstorableText.Rule)).ToList();
        foreach (var validator in validators)
            failures.AddRange((await validator.ValidateAsync(command, cancellationToken)).Errors);

        return failures.Count == 0 ? await next(command, cancellationToken) : TResult.Failed(InvalidInput.Error(failures));
    }
}
