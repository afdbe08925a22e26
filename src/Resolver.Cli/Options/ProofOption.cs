using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary><c>--proof FILE</c>: a proof of the answer.</summary>
internal sealed class ProofOption : IOptionGroup
{
    private readonly Option<string?> proof = new("--proof")
    {
        HelpName = "FILE",
        Description =
            "Write a DRAT proof of the answer, that it is the best or that none exists, and the clauses it refutes "
            + "to FILE.cnf.",
    };

    public void AddTo(Command command)
    {
        proof.RejectOptions();
        command.Add(proof);
    }

    /// <summary>The file, or null where no proof is requested.</summary>
    public string? Read(ParseResult parsed) => parsed.GetValue(proof);
}
