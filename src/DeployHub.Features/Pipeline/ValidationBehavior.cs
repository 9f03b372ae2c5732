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

        if (failures.Count == 0) return await next(command, cancellationToken);

        return TResult.Failed(new Error(ErrorKind.Invalid, Error.InvalidInput, "Some of the input needs another look.")
        {
            Fields = failures
                .GroupBy(failure => failure.PropertyName, failure => failure.ErrorMessage)
                .ToDictionary(field => field.Key, field => field.ToArray()),
        });
    }
}
