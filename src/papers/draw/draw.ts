import { fileOf } from './file.ts';
import { layOut } from './layout.ts';
import { lackingIn, pdfOf } from './pdf.ts';
import { svgsOf } from './svg.ts';
import type { Drawn, Job } from './workshop.ts';

/** Does one job, here and now: what the thread runs, and what a bench or a test may call itself. */
export function draw(job: Job): Drawn {
  switch (job.kind) {
    case 'pdf': {
      const { paper } = job;
      const pages = layOut(paper);
      const about = { title: paper.title.replaceAll('\n', ''), author: paper.unit ?? '', date: paper.date };
      return { pdf: pdfOf(pages, about), svg: [], pages: pages.length, lacking: lackingIn(pages) };
    }
    case 'svg': {
      const pages = layOut(job.paper);
      return {
        pdf: undefined,
        svg: svgsOf(pages, job.seal),
        pages: pages.length,
        lacking: lackingIn(pages),
      };
    }
    case 'file': {
      const { pages, marks } = fileOf(job.file);
      const { title, unit, day } = job.file;
      return {
        pdf: pdfOf(pages, { title, author: unit, date: day, marks }),
        svg: [],
        pages: pages.length,
        lacking: lackingIn(pages),
      };
    }
  }
}
