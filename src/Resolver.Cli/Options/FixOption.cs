using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary><c>--apply-fix N</c>: plan with one of the fixes that an explanation lists.</summary>
internal sealed class FixOption : IOptionGroup
{
    private readonly Option<int?> fix = new("--apply-fix")
    {
        HelpName = "N",
        Description = "If no plan exists, apply fix N of the explanation and plan again.",
    };

    public void AddTo(Command command)
    {
        fix.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--apply-fix takes the number of a fix, from 1");
        });
        command.Add(fix);
    }

    /// <summary>The number, or null where no fix is to be applied.</summary>
    public int? Read(ParseResult parsed) => parsed.GetValue(fix);
}
