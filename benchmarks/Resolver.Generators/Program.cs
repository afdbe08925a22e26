using System.CommandLine;
using Resolver.Generators.Archives;
using Resolver.Generators.Universes;

var root = new RootCommand(
    "Makes universes and archives of any size and a realistic shape, the same bytes for the same arguments."
);
root.Add(CorpusCommand());
root.Add(UniverseCommand());
root.Add(ArchiveCommand());
return root.Parse(args).Invoke();

static Command CorpusCommand()
{
    var folder = new Argument<DirectoryInfo>("DIR");
    var large = new Option<bool>("--large")
    {
        Description = "Also those of more candidates than the repository keeps.",
    };
    var command = new Command("corpus", "Write the named universes of corpora/universes.") { folder, large };
    command.SetAction(parsed =>
    {
        var target = parsed.GetValue(folder)!;
        target.Create();
        foreach (var universe in UniverseCorpus.All)
        {
            var candidates = new UniverseGenerator(universe.Shape, universe.Seed).CandidateCount;
            if (candidates > UniverseCorpus.KeptUpTo && !parsed.GetValue(large))
                continue;
            universe.Write(target.FullName);
            Console.WriteLine($"{universe.Name}: {candidates} candidates");
        }
    });
    return command;
}

static Command UniverseCommand()
{
    var file = new Argument<FileInfo>("FILE") { Description = "Written; .json or .json.gz." };
    var shape = new ShapeOptions();
    var draw = new Option<int>("--draw") { Description = "Which roots." };
    var verdict = new Option<string?>("--hardest")
    {
        Description = "Look for the hardest roots with this verdict among those drawn first.",
        HelpName = "sat|unsat",
    };
    var draws = new Option<int>("--draws")
    {
        Description = "How many are tried for --hardest.",
        DefaultValueFactory = _ => 100,
    };
    verdict.AcceptOnlyFromAmong("sat", "unsat");
    var command = new Command("universe", "Write one universe.") { file, draw, verdict, draws };
    shape.AddTo(command);
    command.SetAction(parsed =>
    {
        var generator = new UniverseGenerator(shape.Read(parsed), shape.Seed(parsed));
        var chosen = parsed.GetValue(draw);
        bool? expected = parsed.GetValue(verdict) is { } wanted ? wanted == "sat" : null;
        if (expected is { } satisfiable)
        {
            if (UniverseCorpus.Hardest(generator, satisfiable, parsed.GetValue(draws), 100_000) is not { } hardest)
            {
                Console.Error.WriteLine("error: none of the roots drawn has that verdict");
                return 1;
            }

            chosen = hardest.Draw;
            Console.WriteLine($"draw {chosen}: {hardest.Conflicts} conflicts");
        }

        UniverseWriter.Write(parsed.GetValue(file)!.FullName, generator, generator.Roots(chosen), expected);
        Console.WriteLine($"{generator.CandidateCount} candidates");
        return 0;
    });
    return command;
}

static Command ArchiveCommand()
{
    var folder = new Argument<DirectoryInfo>("DIR");
    var most = new Option<int>("--distributions")
    {
        Description = "Stop after so many files.",
        DefaultValueFactory = _ => int.MaxValue,
    };
    var shape = new ShapeOptions();
    var command = new Command("archive", "Write an archive of sdists that build and wheels that install.")
    {
        folder,
        most,
    };
    shape.AddTo(command);
    command.SetAction(parsed =>
    {
        var generator = new UniverseGenerator(shape.Read(parsed), shape.Seed(parsed));
        var written = ArchiveWriter.Write(
            parsed.GetValue(folder)!.FullName,
            generator.Projects(),
            parsed.GetValue(most)
        );
        Console.WriteLine(
            $"{written} distributions; a question to ask of them: {string.Join(' ', generator.Roots(0).Take(3))}"
        );
    });
    return command;
}
